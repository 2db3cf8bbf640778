namespace LondonDefender.Paper;

public static class PaperSetup
{
    public static void AddPaper(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<PaperOptions>().BindConfiguration("Paper");
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddHttpContextAccessor();
        builder.Services.AddScoped<PaperFrames>();
    }
}
