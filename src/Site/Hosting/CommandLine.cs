using LondonDefender.Hosting.Backups;
using LondonDefender.Hosting.Checkup;
using LondonDefender.Paper;
using LondonDefender.Paper.PaperCache;
using LondonDefender.Staff;
using LondonDefender.Wire;
using LondonDefender.Wire.MovingIn;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;

namespace LondonDefender.Hosting;

/// <summary>What the program can be asked to do: run the paper, take copy in, say whether a running paper is well, or look at what it stands on.</summary>
public static class CommandLine
{
    private static readonly TimeSpan PatienceWithDatabase = TimeSpan.FromSeconds(1);

    public static async Task<int> RunAsync(string[] args)
    {
        try
        {
            return args.FirstOrDefault() switch
            {
                "import" => await ImportAsync(args[1..]),
                "export" => await MovingCommands.ExportAsync(args[1..]),
                "import-paper" => await MovingCommands.ImportPaperAsync(args[1..]),
                "static-copy" => await MovingCommands.CopyAsync(args[1..]),
                "backup" => await MovingCommands.BackUpAsync(args[1..]),
                "restore" => await MovingCommands.RestoreAsync(args[1..]),
                "health" => await Health.AskAsync(args[1..]),
                "doctor" => await Doctor.ExamineAsync(args[1..]),
                "help" or "--help" or "-h" => Help(),
                _ => await PublishThePaperAsync(args),
            };
        }
        catch (PaperCannotStart reason)
        {
            await Console.Error.WriteLineAsync(reason.Message);
            return 1;
        }
        catch (IOException problem) when (problem.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
        {
            await Console.Error.WriteLineAsync($"{problem.Message} Another program listens there; choose another address with --urls.");
            return 1;
        }
    }

    private static async Task<int> PublishThePaperAsync(string[] args)
    {
        await using var database = await NewsroomDatabase.OpenAsync(args, mayJoin: false);
        await using var app = Program.Build([.. args, .. database.AsArguments]);

        var waiting = new TaskCompletionSource();
        var preparing = PrepareAsync(app, onWaiting: () => waiting.TrySetResult());
        if (app.Services.GetRequiredService<PagesOnDisk>().HasPages)
            await Task.WhenAny(preparing, waiting.Task, Task.Delay(PatienceWithDatabase));
        else
            await preparing;
        app.Services.GetRequiredService<Preparation>().IsUnderWay = !preparing.IsCompleted;
        await app.StartAsync();
        database.KeepUp(app);

        var over = app.WaitForShutdownAsync();
        if (await Task.WhenAny(preparing, over) == preparing)
        {
            await preparing;
            app.Services.GetRequiredService<Preparation>().IsUnderWay = false;
            await TellWhereAsync(app);
            app.Services.GetRequiredService<DemoPictures>().BeginToArrive();
        }

        await over;
        return 0;
    }

    private static async Task PrepareAsync(WebApplication app, Action onWaiting)
    {
        // With the last good pages at hand there is no hurry: readers have them until the database is back.
        var patience = app.Services.GetRequiredService<PagesOnDisk>().HasPages ? int.MaxValue : 30;
        await NewsroomDatabase.MigrateAsync(app.Services, patience, onWaiting);
        await DemoEdition.LoadIntoEmptyAsync(app.Services);
    }

    private static async Task<int> ImportAsync(string[] args)
    {
        if (MoveCommand.IsMeant(args))
            return await MoveInAsync(args);

        if (ImportRequest.Read(args, out var problem) is not { } request)
        {
            await Console.Error.WriteLineAsync(problem);
            return 2;
        }

        await using var database = await NewsroomDatabase.OpenAsync(request.Settings, mayJoin: true);
        await using var app = Program.Build([.. request.Settings, .. database.AsArguments, "--Serilog:MinimumLevel:Default=Warning"]);
        await NewsroomDatabase.MigrateAsync(app.Services);
        return await app.Services.GetRequiredService<Importer>().RunAsync(request, Console.Out);
    }

    private static async Task<int> MoveInAsync(string[] args)
    {
        if (MoveCommand.Read(args, out var problem) is not { } command)
        {
            await Console.Error.WriteLineAsync(problem);
            return 2;
        }

        await using var database = await NewsroomDatabase.OpenAsync(command.Settings, mayJoin: true);
        await using var app = Program.Build([.. command.Settings, .. database.AsArguments, "--Serilog:MinimumLevel:Default=Warning"]);
        await NewsroomDatabase.MigrateAsync(app.Services);
        return await app.Services.GetRequiredService<MovingInDesk>().RunAsync(command, Console.Out);
    }

    private static async Task TellWhereAsync(WebApplication app)
    {
        var address = (PublicAddress(app) ?? ListeningAddress(app)).TrimEnd('/');
        Console.WriteLine();
        Console.WriteLine($"  The paper:     {address}/");
        Console.WriteLine($"  The newsroom:  {address}/desk");

        if (await app.Services.GetRequiredService<FirstRun>().NewLinkAsync() is { } key)
        {
            Console.WriteLine();
            Console.WriteLine("  Nobody works here yet. This link makes the first chief editor, once:");
            Console.WriteLine($"  {address}/desk/first-run?key={key}");
        }

        Console.WriteLine();
        await Console.Out.FlushAsync();
    }

    /// <summary>Where people reach the paper, when it was told: from inside a container or behind a proxy it cannot know.</summary>
    private static string? PublicAddress(WebApplication app) =>
        app.Services.GetRequiredService<IOptions<PaperOptions>>().Value.Address is { } address && !string.IsNullOrWhiteSpace(address) ? address : null;

    private static string ListeningAddress(WebApplication app) =>
        app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()
            .Replace("[::]", "localhost", StringComparison.Ordinal).Replace("0.0.0.0", "localhost", StringComparison.Ordinal);

    private static int Help()
    {
        Console.WriteLine($"""
            London Defender: a newspaper and its newsroom.

              dotnet run --project src/Site                        runs the paper on {PaperHost.DefaultAddress}
              dotnet run --project src/Site -- import PATH…        takes in Markdown and plain-text stories, files or folders;
                [--section SLUG] [--publish]                       in that section where a file names none; drafts unless --publish
              dotnet run --project src/Site -- import FILE         moves another paper in: WordPress’s export, Ghost’s, a feed, or a folder of
                --from https://old.example [--dry-run] …           Markdown; `import --from` alone tells all its options
              dotnet run --project src/Site -- export FILE.zip     writes the whole paper into a file that anybody can read
              dotnet run --project src/Site -- import-paper FILE   lays such a file into an empty paper
              dotnet run --project src/Site -- static-copy FOLDER  writes every public page as a file, for any web server
              dotnet run --project src/Site -- backup FILE         writes database and pictures into one file, while the paper runs
                [--check]                                          looks whether such a file is whole, instead
              dotnet run --project src/Site -- restore FILE        brings them back from it;
                [--put-aside]                                      where there is a paper, puts that aside first
              dotnet run --project src/Site -- health              asks the running paper whether it is up; 0 means yes
              dotnet run --project src/Site -- doctor              looks at settings, database, folders and programs, and says what to do

            Settings are arguments (--Hosting:DataFolder=/srv/paper) or environment variables (Hosting__DataFolder); see README.md.
            """);
        return 0;
    }
}
