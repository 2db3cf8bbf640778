namespace LondonDefender.Pictures;

public static class PicturesSetup
{
    /// <param name="dataFolder">The one folder the paper writes in.</param>
    public static void AddPictures(this WebApplicationBuilder builder, string dataFolder)
    {
        builder.Services.AddOptions<PicturesOptions>().BindConfiguration("Pictures").Configure(options => options.UseFolderIn(dataFolder));
        builder.Services.AddSingleton<PictureTools>();
        builder.Services.AddSingleton<PictureIntake>();
        builder.Services.AddSingleton<PictureDesk>();
    }
}
