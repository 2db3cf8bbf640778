using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using LondonDefender.Copy;
using LondonDefender.Data;
using LondonDefender.Pictures;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Wire.MovingIn;

/// <summary>Brings the old paper's pictures in, each once, however many stories have it: from a folder, or from where they lie on the web.</summary>
internal sealed partial class OldPictures(MoveRequest options, OldPaper paper, OldLinks links, PictureIntake intake, IDbContextFactory<NewsroomDb> newsroom) : IDisposable
{
    public const string DidNotCome = " did not come: ";

    private readonly ConcurrentDictionary<string, Lazy<Task<Arrival>>> arrivals = new(StringComparer.Ordinal);
    private readonly PictureFetching fetching = new(options.MayFetchPrivate);

    private readonly ConcurrentDictionary<string, bool> lookedAt = new(StringComparer.Ordinal);

    public int Taken { get; private set; }
    public int Missed { get; private set; }

    /// <summary>The picture's number here; null where it could not be had, which is told.</summary>
    public async Task<int?> TakeInAsync(OldPicture picture, OldStory story, Losses losses, CancellationToken ct)
    {
        var key = picture.Address;
        var arrival = await arrivals.GetOrAdd(key, _ => new(() => ArriveAsync(picture, story, ct))).Value;
        if (arrival.Id is null)
            losses.Add("pictures", Missing(picture, arrival.Problem));
        return arrival.Id;
    }

    /// <summary>What can be told without fetching anything.</summary>
    public void LookOnly(OldPicture picture, OldStory story, Losses losses)
    {
        if (FileOf(picture.Address, story) is not null || (options.FetchPictures && links.Whole(picture.Address, story.LinksFrom) is not null))
        {
            lookedAt.TryAdd(picture.Address, true);
            lock (arrivals)
                Taken = lookedAt.Count;
        }
        else
            losses.Add("pictures", Missing(picture, WhyNowhere));
    }

    /// <summary>Which picture a loss was; null for a loss of another kind.</summary>
    public static string? LostIn(string loss) =>
        loss.StartsWith("The picture ", StringComparison.Ordinal) && loss.IndexOf(DidNotCome, StringComparison.Ordinal) is > 0 and var end ? loss[..end] : null;

    private static string Missing(OldPicture picture, string why) => $"The picture {PlainWords.Cut(PlainWords.OneLine(picture.Address), 200)}{DidNotCome}{why}";

    public void Dispose() => fetching.Dispose();

    private string WhyNowhere => options.FetchPictures ? "It is in no folder, and its address leads nowhere." : "It is in no folder, and nothing was to be fetched.";

    private async Task<Arrival> ArriveAsync(OldPicture picture, OldStory story, CancellationToken ct)
    {
        var arrival = FileOf(picture.Address, story) is { } file ? await OfFileAsync(file, ct)
            : options.FetchPictures && links.Whole(picture.Address, story.LinksFrom) is { } address ? await OfWebAsync(address, ct)
            : new(null, WhyNowhere);
        if (arrival.Id is { } id && PlainWords.Cut(PlainWords.OneLine(picture.Credit), Picture.LongestWords) is { Length: > 0 } credit)
            await CreditAsync(id, credit, ct);

        lock (arrivals)
            _ = arrival.Id is null ? Missed++ : Taken++;
        return arrival;
    }

    private async Task<Arrival> OfFileAsync(string file, CancellationToken ct)
    {
        try
        {
            await using var content = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read);
            return Said(await intake.TakeInAsync(content, System.IO.Path.GetFileName(file), null, ct));
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return new(null, "Its file cannot be opened.");
        }
    }

    /// <summary>WordPress shows smaller copies, whose names say their size; the whole picture lies beside them.</summary>
    private async Task<Arrival> OfWebAsync(Uri address, CancellationToken ct)
    {
        var whole = Size().Replace(address.AbsoluteUri, "$1");
        if (OldLinks.IsNowhere(address))
            return new(null, "It lay on the old site, and nobody said where that stood (--from).");
        if (whole != address.AbsoluteUri && Uri.TryCreate(whole, UriKind.Absolute, out var larger) && await FetchAsync(larger, ct) is { Id: not null } arrival)
            return arrival;

        return await FetchAsync(address, ct);
    }

    private async Task<Arrival> FetchAsync(Uri address, CancellationToken ct)
    {
        Intake? said = null;
        var problem = await fetching.FetchAsync(address, async (content, until) => said = await intake.TakeInAsync(content, Uri.UnescapeDataString(address.Segments[^1]), null, until), ct);
        return problem is not null ? new(null, problem) : Said(said!);
    }

    private static Arrival Said(Intake intake) => intake switch
    {
        Intake.Taken taken => new(taken.Picture.Id, ""),
        Intake.Refused refused => new(null, refused.Sentence),
        _ => throw new InvalidOperationException("An intake nobody knows."),
    };

    private string? FileOf(string address, OldStory story)
    {
        if (paper.FileOf(address, story) is { } beside)
            return beside;
        if (options.Pictures is not { } folder)
            return null;

        var path = Uri.TryCreate(address, UriKind.Absolute, out var whole) ? whole.AbsolutePath : address.Split('?', '#')[0];
        var parts = Uri.UnescapeDataString(path).Split('/', '\\').Where(part => part is not ("" or "." or "..")).ToArray();
        // uploads/2019/05/a.jpg may lie in the folder as that, as 2019/05/a.jpg or as a.jpg.
        for (var from = 0; from < parts.Length; from++)
        {
            var named = System.IO.Path.GetFullPath(System.IO.Path.Combine([folder, .. parts[from..]]));
            var larger = Size().Replace(named, "$1");
            if (IsWithin(folder, larger) && File.Exists(larger))
                return larger;
            if (IsWithin(folder, named) && File.Exists(named))
                return named;
        }

        return null;
    }

    internal static bool IsWithin(string folder, string path) =>
        path.StartsWith(System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(folder)) + System.IO.Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private async Task CreditAsync(int id, string credit, CancellationToken ct)
    {
        await using var db = await newsroom.CreateDbContextAsync(ct);
        await db.Pictures.Where(p => p.Id == id && p.Credit == "").ExecuteUpdateAsync(set => set.SetProperty(p => p.Credit, credit), ct);
    }

    private sealed record Arrival(int? Id, string Problem);

    [GeneratedRegex(@"-[0-9]{2,4}x[0-9]{2,4}(\.(?:jpe?g|png|webp|gif))$", RegexOptions.IgnoreCase)]
    private static partial Regex Size();
}
