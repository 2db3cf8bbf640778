using System.Globalization;
using LondonDefender.Hosting;

namespace LondonDefender.Benchmarks;

/// <summary>What was asked for on the command line.</summary>
public sealed record Command(string Name, int Stories, string? Folder, string? Programs, int Seconds)
{
    public static async Task<int> RunAsync(string[] args)
    {
        if (args is ["bare", var url, var status, var body, var headers])
            return await BareHandler.RunAsync(url, int.Parse(status, CultureInfo.InvariantCulture), body, headers);
        if (args is ["figures", .. var words])
            return FigureOptions.Read(words) is { } options ? await Figures.RunAsync(options) : Help();
        if (args is ["moving-in", var papers, var number] && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var old))
            return await OldSite.MoveInAsync(Path.GetFullPath(papers), old);
        if (Read(args) is not { } command)
            return Help();

        var folder = command.Folder ?? Directory.CreateTempSubdirectory("defender-benchmarks-").FullName;
        try
        {
            await using var paper = await BigPaper.OpenAsync(folder, command.Programs, command.Stories);
            if (command.Name == "search")
                await SearchBenchmark.RunAsync(paper, TimeSpan.FromSeconds(command.Seconds));
            return 0;
        }
        catch (PaperCannotStart reason)
        {
            await Console.Error.WriteLineAsync(reason.Message);
            return 1;
        }
        finally
        {
            if (command.Folder is null)
                Directory.Delete(folder, recursive: true);
        }
    }

    private static Command? Read(string[] args)
    {
        if (args is not [("generate" or "search") and var name, .. var rest] || rest.Length % 2 != 0)
            return null;

        var command = new Command(name, 1_000_000, null, null, 60);
        foreach (var pair in rest.Chunk(2))
        {
            var next = pair[0] switch
            {
                "--stories" when int.TryParse(pair[1], NumberStyles.None, CultureInfo.InvariantCulture, out var stories) && stories > 0 => command with { Stories = stories },
                "--seconds" when int.TryParse(pair[1], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds > 0 => command with { Seconds = seconds },
                "--paper" => command with { Folder = Path.GetFullPath(pair[1]) },
                "--postgres" => command with { Programs = pair[1] },
                _ => null,
            };
            if (next is null)
                return null;
            command = next;
        }

        return command;
    }

    private static int Help()
    {
        Console.WriteLine($"""
            dotnet run -c Release --project tests/Site.Benchmarks -- figures [--only {string.Join(',', Figures.Rows.Keys)}]
                [--stories 1000,1000000] [--seconds 5] [--rounds 7] [--nodes 3] [--paper FOLDER] [--postgres PATH] [--short]
            dotnet run -c Release --project tests/Site.Benchmarks -- search [--stories 1000000] [--seconds 60] [--paper FOLDER] [--postgres PATH]
            dotnet run -c Release --project tests/Site.Benchmarks -- generate --paper FOLDER [--stories 1000000] [--postgres PATH]
            dotnet run -c Release --project tests/Site.Benchmarks -- moving-in FOLDER 10000
            """);
        return 2;
    }
}
