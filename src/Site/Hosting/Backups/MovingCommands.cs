using System.Diagnostics;
using System.Globalization;
using LondonDefender.Hosting.Checkup;
using LondonDefender.Paper;
using LondonDefender.Wire.MovingOut;
using Microsoft.Extensions.Options;

namespace LondonDefender.Hosting.Backups;

/// <summary>The commands by which a paper leaves its place and comes back: they say what they did, and how long it took.</summary>
internal static class MovingCommands
{
    private const int WrongWords = 2;

    public static Task<int> ExportAsync(string[] args) => RunAsync(CommandWords.Read(args, "Usage: export FILE.zip"), async (words, began) =>
    {
        await using var paper = await OpenPaper.AtAsync(words.Settings);
        await NewsroomDatabase.MigrateAsync(paper.Services);
        ExportReport report = null!;
        await NewFile.WriteAsync(words.Path, async file => report = await paper.Services.GetRequiredService<PaperExport>().WriteAsync(file, CancellationToken.None), CancellationToken.None);

        await SayAsync($"{report.Paper}: {Count(report.Stories, "story", "stories")} in {Count(report.Versions, "version", "versions")} and {Count(report.Pictures, "picture", "pictures")} are in {words.Path} ({Disk.Words(report.Length)}), after {Took(began)}.");
        if (report.PicturesWithoutFile.Count > 0)
            await SayAsync($"The files of these pictures were not to be had: {string.Join(", ", report.PicturesWithoutFile)}.");
        await SayAsync("No password is in it, but drafts and names are: keep it safe.");
        return 0;
    });

    public static Task<int> ImportPaperAsync(string[] args) => RunAsync(CommandWords.Read(args, "Usage: import-paper FILE.zip"), async (words, began) =>
    {
        await using var paper = await OpenPaper.AtAsync(words.Settings);
        await NewsroomDatabase.MigrateAsync(paper.Services);
        var report = await paper.Services.GetRequiredService<PaperImport>().RunAsync(words.Path, CancellationToken.None);

        await SayAsync($"{report.Manifest.Paper} is here: {Count(report.RowsOf("stories"), "story", "stories")} in {Count(report.RowsOf("revisions"), "version", "versions")} and {Count(report.RowsOf("pictures"), "picture", "pictures")}, after {Took(began)}.");
        await SayOfPeopleAsync(report.People, paper.Services.GetRequiredService<IOptions<PaperOptions>>().Value.Address ?? PaperHost.DefaultAddress);
        return 0;
    });

    private static async Task SayOfPeopleAsync(IReadOnlyList<Returned> people, string address)
    {
        if (people.Count == 0)
        {
            await SayAsync("Nobody works at it: the first start prints a link that makes the first chief editor.");
            return;
        }

        await SayAsync($"{Count(people.Count, "person works", "people work")} at it, without passwords, which stayed behind. Each of these links lets a chief editor choose a new one, once, within a day; everybody else is given one under People, by “Cannot sign in”:");
        foreach (var chief in people.Where(person => person.Key is not null))
            await SayAsync($"  {chief.Name}: {address.Trim().TrimEnd('/')}/desk/invitation?key={chief.Key}");
    }

    internal static async Task<int> RunAsync(CommandWords? words, Func<CommandWords, long, Task<int>> run)
    {
        if (words is null)
            return WrongWords;

        try
        {
            return await run(words, Stopwatch.GetTimestamp());
        }
        catch (CannotMove reason)
        {
            await Console.Error.WriteLineAsync(reason.Message);
            return 1;
        }
    }

    internal static Task SayAsync(string sentence) => Console.Out.WriteLineAsync(sentence);

    internal static string Count(long number, string one, string many) => string.Create(CultureInfo.InvariantCulture, $"{number:#,0} {(number == 1 ? one : many)}");

    internal static string Took(long began) => Stopwatch.GetElapsedTime(began) switch
    {
        { TotalMinutes: >= 2 } time => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMinutes:0.0} minutes"),
        var time => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} seconds"),
    };
}
