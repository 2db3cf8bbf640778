using LondonDefender.Data;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Hosting.Checkup;

/// <summary>How one thing was found to be.</summary>
internal enum Verdict
{
    Well,

    /// <summary>The paper runs so, but somebody should know.</summary>
    Mind,
    Wrong,
}

/// <param name="Of">The thing looked at, in a word.</param>
/// <param name="Sentence">How it is, and where it is not well, what to do.</param>
internal sealed record Diagnosis(Verdict Verdict, string Of, string Sentence)
{
    public static Diagnosis Well(string of, string sentence) => new(Verdict.Well, of, sentence);
    public static Diagnosis Mind(string of, string sentence) => new(Verdict.Mind, of, sentence);
    public static Diagnosis Wrong(string of, string sentence) => new(Verdict.Wrong, of, sentence);

    public override string ToString() => $"{Verdict.ToString().ToLowerInvariant(),-6} {Of,-11} {Sentence}";
}

/// <summary>Looks at everything the paper stands on, before anybody relies on it: a line for each, and what to do. Changes nothing.</summary>
internal static class Doctor
{
    /// <summary>A person waits for the answer, not a balancer.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <returns>0 where the paper can run.</returns>
    public static async Task<int> ExamineAsync(string[] args)
    {
        var settings = PaperHost.CreateBuilder(args).Configuration;
        List<Diagnosis> found = [.. SettingsCheck.Examine(settings), .. MachineCheck.Examine(settings), .. await ProgramsCheck.ExamineAsync()];
        found.AddRange(await PortCheck.ExamineAsync(settings));

        // With settings that cannot be read nothing further can be opened.
        if (found.All(diagnosis => diagnosis is not { Of: SettingsCheck.Name, Verdict: Verdict.Wrong }))
            found.AddRange(await ExamineOpenedAsync(args, settings));

        foreach (var diagnosis in found)
            Console.WriteLine(diagnosis);
        return Sum(found);
    }

    private static async Task<IEnumerable<Diagnosis>> ExamineOpenedAsync(string[] args, IConfiguration settings)
    {
        var (connection, about) = await DatabaseCheck.FindAsync(settings);
        if (connection is null)
            return about;

        await using var app = Program.Build([.. args, $"--ConnectionStrings:Newsroom={connection}", "--Serilog:MinimumLevel:Default=Fatal", "--Hosting:Telemetry="]);
        var newsroom = app.Services.GetRequiredService<IDbContextFactory<NewsroomDb>>();
        var pictures = await app.Services.GetRequiredService<Readiness>().PicturesAsync(Patience);
        return
        [
            .. about, .. await DatabaseCheck.ExamineAsync(newsroom),
            pictures.IsWell ? Diagnosis.Well("Pictures", pictures.Sentence) : Diagnosis.Wrong("Pictures", $"{pictures.Sentence} {pictures.Detail} Give the folder to whoever runs the paper, or correct Pictures:S3."),
        ];
    }

    private static int Sum(IReadOnlyCollection<Diagnosis> found)
    {
        var wrong = found.Count(diagnosis => diagnosis.Verdict == Verdict.Wrong);
        Console.WriteLine(wrong == 0 ? "The paper can run." : wrong == 1 ? "One thing is to be put right." : $"{wrong} things are to be put right.");
        return wrong == 0 ? 0 : 1;
    }
}
