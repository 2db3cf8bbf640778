using System.Globalization;

using LondonDefender.Hosting;

using Npgsql;

namespace LondonDefender.Tests.Hosting;

public sealed class LocalPostgresTests : IDisposable
{
    // Closed to other users, as a folder for temporary things is; a test that wants it open opens it.
    private readonly string _folder = Directory.CreateTempSubdirectory("paper-").FullName;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_new_folder_starts_and_answers()
    {
        Open(_folder);

        await using var postgres = await StartAsync(_folder);

        Assert.Equal("newsroom newsroom UTF8 off", await AskAsync(postgres,
            "SELECT concat_ws(' ', current_user, current_database(), current_setting('server_encoding'), current_setting('is_superuser'))"));
    }

    [Fact]
    public async Task A_folder_that_other_users_cannot_enter_works()
    {
        await using var postgres = await StartAsync(_folder);

        Assert.Equal("1", await AskAsync(postgres, "SELECT 1"));
    }

    [Fact]
    public async Task A_folder_with_a_very_long_and_odd_path_works()
    {
        var folder = Path.Combine(_folder, new string('a', 100), "Ärger, 'b' & c; %d");

        await using var postgres = await StartAsync(folder);

        Assert.Equal("1", await AskAsync(postgres, "SELECT 1"));
    }

    [Fact]
    public async Task What_is_safe_to_lose_is_only_what_was_said_to_be()
    {
        await using var postgres = await LocalPostgres.StartAsync(new LocalPostgresSettings(_folder, Programs: null), Ct);

        Assert.Equal("on on on", await AskAsync(postgres,
            "SELECT concat_ws(' ', current_setting('fsync'), current_setting('full_page_writes'), current_setting('synchronous_commit'))"));
    }

    [Fact]
    public async Task The_second_start_finds_the_data_as_it_was_left()
    {
        await using (var first = await StartAsync(_folder))
            await AskAsync(first, "CREATE TABLE notes AS SELECT 'kept' AS word");

        await using var second = await StartAsync(_folder);

        Assert.Equal("kept", await AskAsync(second, "SELECT word FROM notes"));
    }

    [Fact]
    public async Task Stopping_leaves_nothing_running_and_nothing_held()
    {
        await using (await StartAsync(_folder))
            Assert.True(File.Exists(PostmasterNote));

        Assert.False(File.Exists(PostmasterNote));
        Assert.Null(LocalPostgres.ConnectionStringOfRunning(_folder));
    }

    [Fact]
    public async Task A_second_copy_says_so_in_one_sentence_and_can_reach_the_first()
    {
        await using var first = await StartAsync(_folder);

        var refusal = await Assert.ThrowsAsync<PaperCannotStart>(() => StartAsync(_folder));

        Assert.Equal($"Another London Defender is already running on {_folder}.", refusal.Message);
        Assert.Equal(first.ConnectionString, LocalPostgres.ConnectionStringOfRunning(_folder));
    }

    [Fact]
    public async Task A_server_that_outlived_its_paper_does_not_block()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There an open lock cannot be taken from its owner.");
        await using var killed = await StartAsync(_folder);
        await AskAsync(killed, "CREATE TABLE notes AS SELECT 'kept' AS word");
        var orphan = File.ReadLines(PostmasterNote).First();

        // What the system does for a process that is killed: the lock is nobody's, the server runs on.
        File.Delete(Path.Combine(_folder, "paper.lock"));
        Assert.Null(LocalPostgres.ConnectionStringOfRunning(_folder));
        await using var next = await StartAsync(_folder);

        Assert.NotEqual(orphan, File.ReadLines(PostmasterNote).First());
        Assert.Equal("kept", await AskAsync(next, "SELECT word FROM notes"));
    }

    [Theory]
    [MemberData(nameof(NumbersOfDeadServers))]
    public async Task A_note_left_by_a_dead_server_does_not_block(int number)
    {
        await using (await StartAsync(_folder)) { }

        File.WriteAllText(PostmasterNote, $"{number.ToString(CultureInfo.InvariantCulture)}\n{Path.Combine(_folder, "cluster")}\n1700000000\n5432\n\n\n");
        await using var postgres = await StartAsync(_folder);

        Assert.Equal("1", await AskAsync(postgres, "SELECT 1"));
    }

    /// <summary>One that nobody has, and one since given to a process that lives and is no PostgreSQL.</summary>
    public static TheoryData<int> NumbersOfDeadServers => [int.MaxValue, Environment.ProcessId];

    [Fact]
    public async Task A_first_start_that_was_killed_leaves_nothing_half_made()
    {
        var leftover = Directory.CreateDirectory(Path.Combine(_folder, "draft-of-a-killed-start", "cluster")).FullName;
        File.WriteAllText(Path.Combine(leftover, "PG_VERSION"), "18");

        await using var postgres = await StartAsync(_folder);

        Assert.Equal("1", await AskAsync(postgres, "SELECT 1"));
        Assert.Empty(Directory.GetDirectories(_folder, "draft-*"));
    }

    [Fact]
    public async Task Data_made_by_another_version_is_refused_in_one_sentence()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "cluster"));
        File.WriteAllText(Path.Combine(_folder, "cluster", "PG_VERSION"), "9.6\n");

        var refusal = await Assert.ThrowsAsync<PaperCannotStart>(() => StartAsync(_folder));

        Assert.StartsWith($"The data in {_folder} was made by PostgreSQL 9.6, but the programs found here are PostgreSQL ", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("point Hosting:PostgresPrograms at PostgreSQL 9.6's programs, or move", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Programs_said_to_be_where_they_are_not_are_asked_for_again()
    {
        var refusal = await Assert.ThrowsAsync<PaperCannotStart>(() => LocalPostgres.StartAsync(new LocalPostgresSettings(_folder, Programs: _folder), Ct));

        Assert.Equal($"Hosting:PostgresPrograms is {_folder}, but no programs of PostgreSQL 15 or newer work there.", refusal.Message);
    }

    [Fact]
    public async Task A_cluster_without_its_password_asks_for_it()
    {
        await using (await StartAsync(_folder)) { }
        File.Delete(Path.Combine(_folder, "password"));

        var refusal = await Assert.ThrowsAsync<PaperCannotStart>(() => StartAsync(_folder));

        Assert.StartsWith($"The password of the data in {_folder} is gone", refusal.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(PostmasterNote));
    }

    [Fact]
    public async Task A_log_grown_too_long_begins_anew()
    {
        var log = Path.Combine(_folder, "postgres.log");
        await using (var old = File.Create(log))
            old.SetLength(11 * 1024 * 1024);

        await using var postgres = await StartAsync(_folder);

        Assert.InRange(new FileInfo(log).Length, 1, 100_000);
    }

    private string PostmasterNote => Path.Combine(_folder, "cluster", "postmaster.pid");

    private static Task<LocalPostgres> StartAsync(string folder) =>
        LocalPostgres.StartAsync(new LocalPostgresSettings(folder, Programs: null, Durable: false), Ct);

    private static async Task<string?> AskAsync(LocalPostgres postgres, string question)
    {
        await using var source = NpgsqlDataSource.Create(postgres.ConnectionString);
        await using var command = source.CreateCommand(question);
        return Convert.ToString(await command.ExecuteScalarAsync(Ct), CultureInfo.InvariantCulture);
    }

    private static void Open(string folder)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(folder, File.GetUnixFileMode(folder) | UnixFileMode.OtherExecute | UnixFileMode.OtherRead);
    }
}
