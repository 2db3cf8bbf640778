using System.ComponentModel;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace LondonDefender.Hosting;

/// <summary>A folder holding PostgreSQL's server programs, and their major version.</summary>
internal sealed partial record PostgresPrograms(string Bin, int Major)
{
    private const int Oldest = 15;

    public string Initdb => ProgramIn(Bin, "initdb");
    public string PgCtl => ProgramIn(Bin, "pg_ctl");
    public string Postgres => ProgramIn(Bin, "postgres");

    /// <summary>The first programs found; for a cluster that exists, the first of the version that made it.</summary>
    public static async Task<PostgresPrograms> FindAsync(string? configured, PostgresFolder folder, CancellationToken ct)
    {
        var madeBy = folder.MadeBy;
        List<string> others = [];

        await foreach (var programs in AllAsync(configured, ct))
        {
            var version = programs.Major.ToString(CultureInfo.InvariantCulture);
            if (madeBy is null || madeBy == version)
                return programs;
            others.Add(version);
        }
        throw new PaperCannotStart(others is [] ? NoneFound : OthersFound(folder.Root, madeBy!, others.Distinct()));
    }

    private const string NoneFound =
        "No PostgreSQL 15 or newer was found: run `npm ci` in src/Site, install PostgreSQL, or point Hosting:PostgresPrograms at its programs. "
        + "A database that runs elsewhere is named by ConnectionStrings:Newsroom.";

    private static string OthersFound(string folder, string madeBy, IEnumerable<string> others) =>
        $"The data in {folder} was made by PostgreSQL {madeBy}, but the programs found here are PostgreSQL {string.Join(" and ", others)}; "
        + $"point Hosting:PostgresPrograms at PostgreSQL {madeBy}'s programs, or move that folder away to begin with empty data.";

    private static async IAsyncEnumerable<PostgresPrograms> AllAsync(string? configured, [EnumeratorCancellation] CancellationToken ct)
    {
        if (!string.IsNullOrWhiteSpace(configured))
            yield return await ConfiguredAsync(Path.GetFullPath(configured), ct);

        if (NpmPostgres.Bin() is { } bin && await TryAsync(bin, ct) is { } fromNpm)
            yield return fromNpm;

        foreach (var installed in await InstalledAsync(ct))
            yield return installed;
    }

    private static async Task<PostgresPrograms> ConfiguredAsync(string folder, CancellationToken ct) =>
        await TryAsync(Path.Combine(folder, "bin"), ct)
        ?? await TryAsync(folder, ct)
        ?? throw new PaperCannotStart($"Hosting:PostgresPrograms is {folder}, but no programs of PostgreSQL 15 or newer work there.");

    private static async Task<IEnumerable<PostgresPrograms>> InstalledAsync(CancellationToken ct)
    {
        List<PostgresPrograms> found = [];
        foreach (var bin in InstalledPlaces().Distinct())
        {
            if (await TryAsync(bin, ct) is { } programs)
                found.Add(programs);
        }
        return found.OrderByDescending(programs => programs.Major);
    }

    private static IEnumerable<string> InstalledPlaces() =>
    [
        .. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Select(WhereItLeads),
        .. Below("/usr/lib/postgresql", "*", "bin"),
        .. Below("/usr", "pgsql-*", "bin"),
        .. Below("/opt/homebrew/opt", "postgresql*", "bin"),
        .. Below("/usr/local/opt", "postgresql*", "bin"),
        .. Below("/Applications/Postgres.app/Contents/Versions", "*", "bin"),
        .. Below(Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ProgramFiles), "PostgreSQL"), "*", "bin"),
    ];

    private static IEnumerable<string> Below(string parent, string pattern, string child) =>
        Directory.Exists(parent) ? Directory.GetDirectories(parent, pattern).Select(folder => Path.Combine(folder, child)) : [];

    // The search path often holds links to programs that live together elsewhere.
    private static string WhereItLeads(string folder)
    {
        var postgres = new FileInfo(ProgramIn(folder, "postgres"));
        var target = postgres.Exists ? postgres.ResolveLinkTarget(returnFinalTarget: true) : null;
        return target is null ? folder : Path.GetDirectoryName(target.FullName)!;
    }

    private static async Task<PostgresPrograms?> TryAsync(string bin, CancellationToken ct)
    {
        var programs = new PostgresPrograms(bin, 0);
        if (!File.Exists(programs.Initdb) || !File.Exists(programs.PgCtl) || !File.Exists(programs.Postgres))
            return null;

        var major = await MajorAsync(programs.Postgres, ct);
        return major >= Oldest ? programs with { Major = major } : null;
    }

    private static async Task<int> MajorAsync(string postgres, CancellationToken ct)
    {
        try
        {
            var answer = await Command.RunAsync(postgres, ["--version"], ct);
            return VersionAnswer().Match(answer.Output) is { Success: true } match ? int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture) : 0;
        }
        catch (Win32Exception)
        {
            // Made for another system: as good as not there.
            return 0;
        }
    }

    private static string ProgramIn(string folder, string name) =>
        Path.Combine(folder, OperatingSystem.IsWindows() ? name + ".exe" : name);

    [GeneratedRegex(@"\(PostgreSQL\) (\d+)")]
    private static partial Regex VersionAnswer();
}
