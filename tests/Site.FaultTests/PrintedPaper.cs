using LondonDefender.Hosting;
using LondonDefender.Staff;
using LondonDefender.Tests;
using LondonDefender.Wire;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

[assembly: AssemblyFixture(typeof(LondonDefender.FaultTests.PrintedPaper))]

namespace LondonDefender.FaultTests;

/// <summary>The demo edition with an editor, made once; every test breaks a copy of it.</summary>
public sealed class PrintedPaper : IAsyncLifetime
{
    public const string Editor = "night-editor";

    private readonly string folder = Directory.CreateTempSubdirectory("defender-faults-").FullName;

    public async ValueTask InitializeAsync()
    {
        await using (var postgres = await LocalPostgres.StartAsync(new(Path.Combine(folder, "postgres"), null)))
            await FillAsync(postgres.ConnectionString);
    }

    /// <summary>The data folder of a site that is not running.</summary>
    public async Task<string> CopyAsync(string? to = null)
    {
        to ??= Directory.CreateTempSubdirectory("defender-fault-").FullName;
        await PostgresProcesses.RunAsync("/bin/cp", "-a", Path.Combine(folder, "postgres"), to);
        return to;
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    private async Task FillAsync(string connectionString)
    {
        await using (var app = Program.Build([$"--ConnectionStrings:Newsroom={connectionString}", $"--Hosting:DataFolder={folder}", "--Serilog:MinimumLevel:Default=Error"]))
        {
            await NewsroomDatabase.MigrateAsync(app.Services);
            await DemoEdition.LoadIntoEmptyAsync(app.Services);
            await using var scope = app.Services.CreateAsyncScope();
            var staff = scope.ServiceProvider.GetRequiredService<StaffDesk>();
            var key = await staff.InviteAsync(Editor, Role.Editor);
            Assert.NotNull((await staff.AcceptAsync(key, Editor, Editor, StaffMember.Password)).Person);
        }

        NpgsqlConnection.ClearAllPools();
    }
}
