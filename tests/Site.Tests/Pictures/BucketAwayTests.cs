using System.Net;
using LondonDefender.Pictures;

namespace LondonDefender.Tests.Pictures;

/// <summary>A bucket that does not answer is said to be away; nothing breaks.</summary>
public sealed class BucketAwayTests(BucketAwayTests.PaperWithoutItsBucket newsroom) : IClassFixture<BucketAwayTests.PaperWithoutItsBucket>
{
    public sealed class PaperWithoutItsBucket : Newsroom
    {
        protected override IEnumerable<string> MoreSettings =>
            ["--Pictures:S3:Bucket=gone", "--Pictures:S3:Endpoint=http://127.0.0.1:9", "--Pictures:S3:AccessKey=a", "--Pictures:S3:SecretKey=b"];
    }

    [Fact]
    public async Task Readers_are_asked_to_come_again_and_senders_are_told()
    {
        Vips.IsNeeded();
        await using (var db = await newsroom.OpenDbAsync())
        {
            db.Add(new Picture { FileHash = new string('a', 64), FileName = "a.jpg", Format = "jpeg", Width = 400, Height = 300, Bytes = 1, Colour = "#808080" });
            await db.SaveChangesAsync();
            var known = db.Pictures.Single();
            await newsroom.PublishAsync(Edition.BridgeOpens with { PictureId = known.Id });

            var answer = await newsroom.Reader.GetAsync(ShownPicture.Of(known).Address(PictureCrop.Card, 160, "jpg"));
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
            Assert.NotNull(answer.Headers.RetryAfter);
        }

        var refused = Assert.IsType<Intake.Refused>(await newsroom.SendInAsync(await Vips.PhotoAsync("photo.jpg", 300, 200)));
        Assert.True(refused.TryAgain);
    }
}
