using LondonDefender.Pictures;
using Microsoft.Extensions.DependencyInjection;

namespace LondonDefender.Tests.Pictures;

internal static class SentIn
{
    public static Task<Intake> SendInAsync(this Newsroom newsroom, byte[] file, string name = "photo.jpg") =>
        newsroom.Services.GetRequiredService<PictureIntake>().TakeInAsync(new MemoryStream(file), name, null, CancellationToken.None);

    public static async Task<Picture> TakeInAsync(this Newsroom newsroom, byte[] file, string name = "photo.jpg")
    {
        var intake = await newsroom.SendInAsync(file, name);
        return Assert.IsType<Intake.Taken>(intake).Picture;
    }

    public static async Task<string> WhyRefusedAsync(this Newsroom newsroom, byte[] file, string name = "photo.jpg") =>
        Assert.IsType<Intake.Refused>(await newsroom.SendInAsync(file, name)).Sentence;
}
