namespace LondonDefender.Hosting.Backups;

/// <summary>A paper that a command works on, whether it runs beside it or not; it answers nobody.</summary>
internal sealed class OpenPaper : IAsyncDisposable
{
    private readonly NewsroomDatabase database;
    private readonly WebApplication app;

    private OpenPaper(NewsroomDatabase database, WebApplication app) => (this.database, this.app) = (database, app);

    public IServiceProvider Services => app.Services;
    public WebApplication App => app;

    public static async Task<OpenPaper> AtAsync(string[] settings, bool mayJoin = true, params string[] more)
    {
        var database = await NewsroomDatabase.OpenAsync(settings, mayJoin);
        try
        {
            return new(database, Program.Build([.. settings, .. database.AsArguments, "--Serilog:MinimumLevel:Default=Warning", .. more]));
        }
        catch
        {
            await database.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        await database.DisposeAsync();
    }
}
