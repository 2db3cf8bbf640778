using LondonDefender.Data;
using LondonDefender.Paper;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace LondonDefender.Hosting.Checkup;

/// <summary>The database is there, new enough, up to date, and has room and rights left for the paper.</summary>
internal static class DatabaseCheck
{
    private const string Name = "Database";
    private const int OldestVersion = 15;

    private static readonly TimeSpan MostApart = TimeSpan.FromSeconds(2);

    /// <summary>Where it answers: the given one, or the private one of a paper that runs. Null with the reason where there is nothing to look at.</summary>
    public static async Task<(string? Connection, IEnumerable<Diagnosis> About)> FindAsync(IConfiguration settings)
    {
        if (settings.GetConnectionString("Newsroom") is { } given && !string.IsNullOrWhiteSpace(given))
            return await TryAsync(given) is { } problem
                ? (null, [Diagnosis.Wrong(Name, $"The one at ConnectionStrings:Newsroom does not answer: {problem.TrimEnd('.')}. See that it runs, and that host, name and password are right.")])
                : (given, []);

        var folder = new PostgresFolder(Path.Combine(DataFolder.Resolve(settings["Hosting:DataFolder"]), "postgres"));
        try
        {
            if (LocalPostgres.ConnectionStringOfRunning(folder.Root) is { } running)
                return (running, [Diagnosis.Well(Name, $"The paper’s own PostgreSQL runs in {folder.Root}.")]);

            var programs = await PostgresPrograms.FindAsync(settings["Hosting:PostgresPrograms"], folder, CancellationToken.None);
            return (null, [Diagnosis.Well(Name, $"The paper starts a PostgreSQL {programs.Major} of its own in {folder.Root}; run this again while it does, for more.")]);
        }
        catch (PaperCannotStart reason)
        {
            return (null, [Diagnosis.Wrong(Name, reason.Message)]);
        }
    }

    public static async Task<IEnumerable<Diagnosis>> ExamineAsync(IDbContextFactory<NewsroomDb> newsroom)
    {
        try
        {
            await using var db = await newsroom.CreateDbContextAsync();
            var report = await DatabaseReport.ReadAsync(db, CancellationToken.None);
            return [Version(report), Migrations(report), Rights(report), Room(report), Clock(report), await ZoneAsync(db, report)];
        }
        catch (NpgsqlException problem)
        {
            return [Diagnosis.Wrong(Name, $"It could not be looked at: {problem.Message.TrimEnd('.')}.")];
        }
    }

    private static async Task<string?> TryAsync(string given)
    {
        try
        {
            await using var connection = new NpgsqlConnection(NewsroomConnections.ForNewsroom(given) + ";Pooling=false");
            await connection.OpenAsync();
            return null;
        }
        catch (Exception problem) when (DatabaseAway.Explains(problem) || problem is PostgresException)
        {
            return problem.GetBaseException().Message;
        }
    }

    private static Diagnosis Version(DatabaseReport report) => report switch
    {
        { Facts.VersionNumber: < OldestVersion * 10_000 } => Diagnosis.Wrong(Name, $"It is PostgreSQL {report.Facts.Version}; the paper needs {OldestVersion} or newer."),
        { Facts.Encoding: not "UTF8" } => Diagnosis.Wrong(Name, $"Its encoding is {report.Facts.Encoding}, which cannot hold every name: make it anew with ENCODING 'UTF8'."),
        _ => Diagnosis.Well(Name, $"PostgreSQL {report.Facts.Version} answers; the paper has {Disk.Words(report.Facts.Size)} there."),
    };

    private static Diagnosis Migrations(DatabaseReport report) => report switch
    {
        { Unknown.Count: > 0 } => Diagnosis.Mind("Migrations", $"A newer version of the paper has worked here (its last migration is {report.Unknown[^1]}). This one can read it; run the newer one."),
        { Pending.Count: > 0, Applied.Count: 0 } => Diagnosis.Well("Migrations", "The database is empty; starting the paper lays it out."),
        { Pending.Count: > 0 } => Diagnosis.Mind("Migrations", $"{report.Pending.Count} to come, the first of them {report.Pending[0]}; starting the paper brings them in. Make a backup first."),
        _ => Diagnosis.Well("Migrations", $"All {report.Applied.Count} are in."),
    };

    private static Diagnosis Rights(DatabaseReport report) => report switch
    {
        { Facts.MayCreate: false } => Diagnosis.Wrong("Rights", $"{report.Facts.Account} may not make tables: make it the database’s owner (ALTER DATABASE … OWNER TO {report.Facts.Account}), or migrations cannot come in."),
        { MissingExtensions.Count: > 0 } => Diagnosis.Wrong("Rights", $"PostgreSQL’s {string.Join(", ", report.MissingExtensions)} cannot be had there: install its contrib package (apt-get install postgresql-contrib)."),
        _ => Diagnosis.Well("Rights", $"{report.Facts.Account} may make tables, and has every extension the paper uses."),
    };

    private static Diagnosis Room(DatabaseReport report)
    {
        const int Wanted = NewsroomConnections.MostForReaders + NewsroomConnections.MostForNewsroom;
        var left = report.Facts.MostConnections - report.Facts.Connections;
        return left < Wanted
            ? Diagnosis.Mind("Connections", $"{left} of {report.Facts.MostConnections} are left, and a paper may use {Wanted}: raise max_connections, or see who holds the {report.Facts.Connections}.")
            : Diagnosis.Well("Connections", $"{left} of {report.Facts.MostConnections} are left; a paper may use {Wanted}.");
    }

    private static Diagnosis Clock(DatabaseReport report)
    {
        var apart = (report.Facts.Now - TimeProvider.System.GetUtcNow()).Duration();
        return apart > MostApart
            ? Diagnosis.Mind("Clock", $"The database’s goes {apart.TotalSeconds:0} seconds apart from this machine’s: have both set by NTP, or stories go live at two moments.")
            : Diagnosis.Well("Clock", "The database’s agrees with this machine’s.");
    }

    private static async Task<Diagnosis> ZoneAsync(NewsroomDb db, DatabaseReport report)
    {
        if (report.Pending.Count > 0)
            return Diagnosis.Well("Time zone", "Is chosen in the newsroom once the database is laid out.");

        var settings = await db.SettingsAsync(CancellationToken.None);
        return TimeZoneInfo.TryFindSystemTimeZoneById(settings.TimeZone, out _)
            ? Diagnosis.Well("Time zone", $"The paper’s is {settings.TimeZone}.")
            : Diagnosis.Wrong("Time zone", $"The paper’s is {settings.TimeZone}, which this machine does not know: install tzdata, or choose another in the newsroom’s settings.");
    }
}
