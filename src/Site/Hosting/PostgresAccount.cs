using System.ComponentModel;
using System.Diagnostics;

namespace LondonDefender.Hosting;

/// <summary>Who PostgreSQL's programs run as: whoever we are, except that PostgreSQL refuses root.</summary>
internal sealed class PostgresAccount
{
    // Lets a lesser user pass through folders closed to it, and read there; it grants no writing.
    // Without the secure bit the system forgets the passage whenever a program first asks whether it may, as PostgreSQL's do.
    private static readonly string[] Passage =
        ["--inh-caps=-all,+dac_read_search", "--ambient-caps=+dac_read_search", "--securebits=+no_setuid_fixup"];

    // Looks for a program along the search path only; Process would take one from the current folder first.
    private const string Env = "/usr/bin/env";

    private readonly string? _name;
    private readonly bool _needsPassage;

    private PostgresAccount(string? name, bool needsPassage) => (_name, _needsPassage) = (name, needsPassage);

    public static async Task<PostgresAccount> ChooseAsync(PostgresFolder folder, PostgresPrograms programs, CancellationToken ct)
    {
        if (OperatingSystem.IsWindows() || !Environment.IsPrivilegedProcess)
            return new PostgresAccount(null, needsPassage: false);

        var owner = await OwnerAsync(folder, ct);
        var name = owner ?? LesserUser();
        var account = await EnteringAsync(name, folder, programs, ct);

        if (owner is null && folder.HasCluster)
            await account.GiveAsync([folder.Cluster], ct);
        return account;
    }

    public Task<Command> RunAsync(string program, IEnumerable<string> arguments, CancellationToken ct) =>
        Command.RunAsync(Start(program, arguments), listen: true, ct);

    /// <summary>Runs a program that leaves a server behind.</summary>
    public Task<Command> LaunchAsync(string program, IEnumerable<string> arguments, CancellationToken ct) =>
        // On Windows the server inherits the pipes, and whoever listens to them waits for as long as it runs.
        Command.RunAsync(Start(program, arguments), listen: !OperatingSystem.IsWindows(), ct);

    public async Task GiveAsync(IEnumerable<string> paths, CancellationToken ct)
    {
        if (_name is null)
            return;

        var chown = await Command.RunAsync(Env, ["chown", "-Rh", _name, .. paths], ct);
        if (!chown.Succeeded)
            throw new PaperCannotStart($"PostgreSQL's files could not be given to {_name}: {chown.LastLine}.");
    }

    private ProcessStartInfo Start(string program, IEnumerable<string> arguments)
    {
        var start = _needsPassage
            ? new ProcessStartInfo(Env, ["setpriv", $"--reuid={_name}", $"--regid={Group(_name!)}", "--clear-groups", .. Passage, program, .. arguments])
            : new ProcessStartInfo(program, arguments);

        if (_name is not null && !_needsPassage)
            start.UserName = _name;
        // Its programs complain about a current folder that their user cannot enter.
        start.WorkingDirectory = Path.GetPathRoot(AppContext.BaseDirectory);
        return start;
    }

    // A cluster runs as whoever owns it, so that starting the paper once as root takes nothing from its usual user.
    private static async Task<string?> OwnerAsync(PostgresFolder folder, CancellationToken ct)
    {
        if (!folder.HasCluster)
            return null;

        var stat = await Command.RunAsync(Env, ["stat", "-c", "%U", folder.Cluster], ct);
        return stat.Succeeded && stat.LastLine != "root" && IsUser(stat.LastLine) ? stat.LastLine : null;
    }

    private static string LesserUser() =>
        new[] { "postgres", "nobody" }.FirstOrDefault(IsUser)
        ?? throw new PaperCannotStart("PostgreSQL refuses to run as root and there is neither a user postgres nor nobody: start the paper as another user.");

    private static async Task<PostgresAccount> EnteringAsync(string name, PostgresFolder folder, PostgresPrograms programs, CancellationToken ct)
    {
        string[] paths = [folder.Root, programs.Postgres, .. PostgresDoor.CanHoldSocket(folder.Cluster) ? Array.Empty<string>() : [Path.GetTempPath()]];

        var plain = new PostgresAccount(name, needsPassage: false);
        if (await plain.CanEnterAsync(paths, ct))
            return plain;

        var passing = new PostgresAccount(name, needsPassage: true);
        if (await passing.CanEnterAsync(paths, ct))
            return passing;

        throw new PaperCannotStart(
            $"PostgreSQL runs as {name} here, who cannot enter {Closed(paths)}: "
            + "set Hosting:DataFolder (and Hosting:PostgresPrograms) to folders every user can enter, or start the paper as another user than root.");
    }

    private async Task<bool> CanEnterAsync(string[] paths, CancellationToken ct)
    {
        try
        {
            var test = await RunAsync(Env, ["test", .. paths.SelectMany((path, i) => i == 0 ? ["-x", path] : new[] { "-a", "-x", path })], ct);
            return test.Succeeded;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }

    private static string Closed(string[] paths) =>
        paths.SelectMany(path => FoldersUp.From(path).Reverse()).FirstOrDefault(IsClosed) ?? paths[0];

    private static bool IsClosed(string path) =>
        !OperatingSystem.IsWindows() && !File.GetUnixFileMode(path).HasFlag(UnixFileMode.OtherExecute);

    private static bool IsUser(string name) => UserLine(name) is not null;

    private static string Group(string name) => UserLine(name)![3];

    private static string[]? UserLine(string name) =>
        File.ReadLines("/etc/passwd").Select(line => line.Split(':')).FirstOrDefault(fields => fields.Length > 3 && fields[0] == name);
}
