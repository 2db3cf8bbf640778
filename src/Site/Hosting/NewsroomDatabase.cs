using LondonDefender.Data;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Hosting;

/// <summary>The database the paper works on: the given one, or a private PostgreSQL of its own for as long as the program runs.</summary>
public sealed class NewsroomDatabase : IAsyncDisposable
{
    private readonly LocalPostgres? local;
    private readonly CancellationTokenSource closing = new();
    private Task keeping = Task.CompletedTask;

    private NewsroomDatabase(string? connectionString, LocalPostgres? local)
    {
        this.local = local;
        AsArguments = connectionString is null ? [] : ["--ConnectionStrings:Newsroom=" + connectionString];
    }

    /// <summary>What has to be added to the command line for the paper to find it.</summary>
    public string[] AsArguments { get; }

    /// <param name="mayJoin">Whether to use the private PostgreSQL of a paper that is running on the same folder.</param>
    public static async Task<NewsroomDatabase> OpenAsync(string[] args, bool mayJoin)
    {
        var settings = PaperHost.CreateBuilder(args).Configuration;
        if (!string.IsNullOrWhiteSpace(settings.GetConnectionString("Newsroom")))
            return new(null, null);

        var options = settings.GetSection("Hosting").Get<HostingOptions>() ?? new();
        var folder = Path.Combine(DataFolder.Resolve(options.DataFolder), "postgres");
        if (mayJoin && LocalPostgres.ConnectionStringOfRunning(folder) is { } running)
            return new(running, null);

        var local = await LocalPostgres.StartAsync(new(folder, options.PostgresPrograms));
        return new(local.ConnectionString, local);
    }

    /// <summary>Waits for a given database that is still starting, then brings it up to date.</summary>
    /// <param name="patience">How many times it is tried, a second apart, before the paper is said to be unable to start.</param>
    /// <param name="onWaiting">Called when it turns out that there is something to wait for.</param>
    public static async Task MigrateAsync(IServiceProvider services, int patience = 30, Action? onWaiting = null)
    {
        var log = services.GetRequiredService<ILoggerFactory>().CreateLogger("Database");
        for (; ; patience--)
        {
            try
            {
                await using var db = await services.GetRequiredService<IDbContextFactory<NewsroomDb>>().CreateDbContextAsync();
                // To ask is quick. To bring them in compares the whole model first, even where none is missing.
                if ((await db.Database.GetPendingMigrationsAsync()).Any())
                    await BringInAsync(db);
                return;
            }
            catch (Exception problem) when (DatabaseAway.Explains(problem))
            {
                if (patience <= 0)
                    throw new PaperCannotStart($"The database at ConnectionStrings:Newsroom does not answer: {problem.GetBaseException().Message}");

                onWaiting?.Invoke();
                log.LogInformation("Waiting for the database: {Problem}", problem.GetBaseException().Message);
                await Task.Delay(TimeSpan.FromSeconds(1));
            }
        }
    }

    private static async Task BringInAsync(NewsroomDb db)
    {
        // A large archive may be rewritten by a migration; half an hour of work must not be mistaken for a database that does not answer.
        db.Database.SetCommandTimeout(TimeSpan.FromHours(6));
        await using var turn = await OneNodeAtATime.TakeTurnAsync(db);
        await db.Database.MigrateAsync();
    }

    /// <summary>Keeps a private PostgreSQL running until this is disposed; a given database is somebody else's to keep.</summary>
    public void KeepUp(WebApplication app)
    {
        if (local is not null)
            keeping = local.KeepUpAsync(app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Database"), closing.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await closing.CancelAsync();
        await keeping;
        closing.Dispose();
        if (local is not null)
            await local.DisposeAsync();
    }
}
