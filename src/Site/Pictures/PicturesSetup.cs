namespace LondonDefender.Pictures;

public static class PicturesSetup
{
    /// <param name="dataFolder">The one folder the paper writes in.</param>
    public static void AddPictures(this WebApplicationBuilder builder, string dataFolder)
    {
        builder.Services.AddOptions<PicturesOptions>().BindConfiguration("Pictures").Configure(options => options.UseFolderIn(dataFolder));
        builder.Services.AddSingleton<PicturesFolder>();
        builder.Services.AddSingleton<PictureTools>();
        if (string.IsNullOrWhiteSpace(builder.Configuration["Pictures:S3:Bucket"]))
            builder.Services.AddSingleton<PictureStore, FolderStore>();
        else
            builder.Services.AddSingleton<PictureStore, S3Store>();
        builder.Services.AddSingleton<PictureIntake>();
        builder.Services.AddSingleton<Renditions>();
        builder.Services.AddSingleton<PictureDesk>();
    }
}
