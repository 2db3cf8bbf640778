namespace LondonDefender.Hosting;

/// <summary>Makes a cluster that is whole or not there at all, and frees it of a server that outlived its paper.</summary>
internal static class PostgresCluster
{
    private const string Draft = "draft-";

    public static async Task EnsureAsync(PostgresFolder folder, PostgresPrograms programs, PostgresAccount account, bool durable, CancellationToken ct)
    {
        foreach (var leftover in Directory.GetDirectories(folder.Root, Draft + "*"))
            Sweep(leftover);

        if (!folder.HasCluster)
            await MakeAsync(folder, programs, account, durable, ct);
    }

    public static async Task StopOrphanAsync(PostgresFolder folder, PostgresPrograms programs, PostgresAccount account, CancellationToken ct)
    {
        if (Postmaster.Read(folder.Cluster) is not { } postmaster)
            return;

        // PostgreSQL clears a dead server's note away itself, but takes any process bearing its number for a server.
        if (postmaster.Fate() is PostmasterFate.Replaced)
            File.Delete(Postmaster.NoteIn(folder.Cluster));
        if (postmaster.Fate() is not PostmasterFate.Alive)
            return;

        var stop = await account.RunAsync(programs.PgCtl, ["stop", "-D", folder.Cluster, "-m", "fast", "-w", "-t", "60", "-s"], ct);
        if (!stop.Succeeded && postmaster.Fate() is PostmasterFate.Alive)
            throw new PaperCannotStart($"A PostgreSQL (process {postmaster.Pid}) still runs on {folder.Root} and did not stop: {stop.LastLine}.");
    }

    private static void Sweep(string leftover)
    {
        try
        {
            Directory.Delete(leftover, recursive: true);
        }
        catch (IOException)
        {
            // An initdb whose paper was killed still writes there for a moment; the next start sweeps again.
        }
    }

    private static async Task MakeAsync(PostgresFolder folder, PostgresPrograms programs, PostgresAccount account, bool durable, CancellationToken ct)
    {
        var draft = Directory.CreateDirectory(Path.Combine(folder.Root, Draft + Guid.NewGuid().ToString("N"))).FullName;
        var cluster = Path.Combine(draft, "cluster");
        var password = Path.Combine(draft, "password");
        PostgresFolder.WriteForUsAlone(password, folder.Password());
        await account.GiveAsync([draft], ct);

        string[] arguments =
        [
            "-D", cluster, "--username=postgres", "--encoding=UTF8", "--auth=scram-sha-256", $"--pwfile={password}",
            .. Locale(programs.Major), .. durable ? Array.Empty<string>() : ["--no-sync"],
        ];
        var initdb = await account.RunAsync(programs.Initdb, arguments, ct);
        if (!initdb.Succeeded)
            throw new PaperCannotStart($"PostgreSQL's data could not be laid out in {folder.Root}: {initdb.LastLine}.");

        Directory.Move(cluster, folder.Cluster);
        Directory.Delete(draft, recursive: true);
    }

    // PostgreSQL's own C.UTF-8 sorts alike on every system; before 17 it is the system's, and not every system has it.
    private static string[] Locale(int major) => major >= 17
        ? ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C", .. WhatIsALetter]
        : [OperatingSystem.IsLinux() ? "--locale=C.UTF-8" : "--locale=C"];

    // Where nobody says otherwise the search takes every sign beyond ASCII for a letter: “repairs” would be another word than repairs.
    private static string[] WhatIsALetter => OperatingSystem.IsLinux() ? ["--lc-ctype=C.UTF-8"] : OperatingSystem.IsMacOS() ? ["--lc-ctype=en_US.UTF-8"] : [];
}
