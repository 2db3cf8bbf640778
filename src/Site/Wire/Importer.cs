using System.Text.RegularExpressions;
using LondonDefender.Copy;
using LondonDefender.Data;
using LondonDefender.Paper;
using LondonDefender.Pictures;
using LondonDefender.ReadMore;
using LondonDefender.Sections;
using LondonDefender.Stories;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace LondonDefender.Wire;

/// <summary>
/// Takes files in as stories: all are begun first, so that whatever they say about each other finds its story, then published in the
/// order of their moments. Says what it made of each file, and goes on after one it cannot read. An import that ended midway is
/// finished by running it again: whatever no person has had in hand since is tied and published then.
/// </summary>
public sealed partial class Importer(IDbContextFactory<NewsroomDb> newsroom, PictureIntake pictures, TimeProvider clock, ILogger<Importer> log)
{
    // The report says what became of each file; the log need not say it again.
    private readonly StoryDesk desk = new(newsroom, clock, NullLogger<StoryDesk>.Instance);

    private static readonly string[] KnownEndings = [".md", ".markdown", ".txt"];

    /// <returns>0 when every file was taken in or was here already, else 1.</returns>
    public async Task<int> RunAsync(ImportRequest request, TextWriter report, CancellationToken ct = default)
    {
        await OpenTheBooksAsync(ct);
        return await TakeInAsync(request, report, ct);
    }

    /// <inheritdoc cref="RunAsync"/>
    public async Task<int> TakeInAsync(ImportRequest request, TextWriter report, CancellationToken ct = default)
    {
        var fallback = await FallbackSectionAsync(request, ct);
        if (fallback is null && request.Section is not null)
        {
            await report.WriteLineAsync($"There is no section “{request.Section}”. Nothing was imported.");
            return 1;
        }

        var (stories, unread) = await ReadAllAsync(request, report, ct);
        var batch = await BeginAllAsync(stories, fallback, report, ct);
        await TieAllAsync(batch, ct);
        await ReleaseAllAsync(batch, request, ct);

        foreach (var taken in batch)
        {
            await report.WriteLineAsync(InWords(taken));
            if (taken.PictureProblem is { } problem)
                await report.WriteLineAsync($"  Its picture {taken.Story.Front.Picture} was left out: {problem}");
        }

        var leftOut = unread + stories.Count - batch.Count;
        await report.WriteLineAsync($"{batch.Count(t => t.IsNew)} taken in, {batch.Count(t => !t.IsNew)} here already, {leftOut} left out.");
        return leftOut == 0 && !batch.Any(t => t.HasFailed || t.PictureProblem is not null) ? 0 : 1;
    }

    private sealed record Taken(IncomingStory Story, int Id, bool IsNew)
    {
        /// <summary>What this import made of the story; null while it only found it here.</summary>
        public string? Fate { get; set; } = IsNew ? "a draft" : null;

        public bool HasFailed { get; set; }

        /// <summary>Why the story came without its picture.</summary>
        public string? PictureProblem { get; init; }
    }

    /// <summary>A paper that took copy in is not empty any more: the demo edition will not be laid over it.</summary>
    private async Task OpenTheBooksAsync(CancellationToken ct)
    {
        await using var db = await newsroom.CreateDbContextAsync(ct);
        if (await db.PaperSettings.AnyAsync(ct))
            return;

        db.Add(new PaperSettings());
        await db.SaveChangesAsync(ct);
    }

    private async Task<int?> FallbackSectionAsync(ImportRequest request, CancellationToken ct)
    {
        await using var db = await newsroom.CreateDbContextAsync(ct);
        if (request.Section is { } slug)
            return (await db.Sections.SingleOrDefaultAsync(s => s.Slug == slug, ct))?.Id;
        if (await db.Sections.Where(s => s.RetiredAt == null).OrderBy(s => s.Position).ThenBy(s => s.Id).FirstOrDefaultAsync(ct) is { } first)
            return first.Id;

        var news = new Section { Name = "News", Slug = "news" };
        db.Add(news);
        await db.SaveChangesAsync(ct);
        return news.Id;
    }

    private async Task<(List<IncomingStory> Stories, int Unread)> ReadAllAsync(ImportRequest request, TextWriter report, CancellationToken ct)
    {
        await using var db = await newsroom.CreateDbContextAsync(ct);
        var settings = await db.SettingsAsync(ct);
        List<IncomingStory> stories = [];
        var unread = 0;
        foreach (var path in request.Paths.SelectMany(FilesAt))
        {
            try
            {
                var story = await IncomingStory.ReadAsync(path, settings, ct);
                stories.Add(story with { Copy = EntryStamp.MoveAll(story.Body, moment => Moved(moment, request.Shift, settings)) });
            }
            catch (UnreadableCopy reason)
            {
                unread++;
                await report.WriteLineAsync($"{path} was left out: {reason.Message}.");
            }
            catch (Exception problem) when (!ct.IsCancellationRequested)
            {
                unread++;
                await LeaveOutAsync(path, problem, report);
            }
        }

        return (stories, unread);
    }

    private static DateTime Moved(DateTime wallClock, TimeSpan shift, PaperSettings settings)
    {
        var clock = new PaperClock(settings.Zone);
        return clock.Local(clock.AtLocal(wallClock) + shift).DateTime;
    }

    private static IEnumerable<string> FilesAt(string path) => Directory.Exists(path)
        ? Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories)
            .Where(file => KnownEndings.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase))
            .Order(StringComparer.Ordinal)
        : [path];

    /// <summary>One bad file must not cost the others; what happened is for whoever mends the program.</summary>
    private Task LeaveOutAsync(string file, Exception problem, TextWriter report)
    {
        log.LogError(problem, "{File} could not be taken in", file);
        return report.WriteLineAsync($"{file} was left out: something failed that should not; the log tells more.");
    }

    private async Task<List<Taken>> BeginAllAsync(List<IncomingStory> stories, int? fallback, TextWriter report, CancellationToken ct)
    {
        List<Taken> batch = [];
        foreach (var story in stories)
        {
            try
            {
                batch.Add(await BeginAsync(story, fallback, ct));
            }
            catch (Exception problem) when (!ct.IsCancellationRequested)
            {
                await LeaveOutAsync(story.FileName, problem, report);
            }
        }

        return batch;
    }

    private async Task<Taken> BeginAsync(IncomingStory story, int? fallback, CancellationToken ct)
    {
        var key = story.SourceKey;
        await using var db = await newsroom.CreateDbContextAsync(ct);
        var here = await db.Stories.Where(s => s.SourceKey == key).Select(s => (int?)s.Id).SingleOrDefaultAsync(ct);
        if (here is { } known)
            return new(story, known, IsNew: false);

        var (pictureId, problem) = await PictureAsync(db, story, ct);
        var text = await TextOfAsync(db, story, fallback, ct) with { PictureId = pictureId };
        return new(story, await desk.BeginAsync(null, text, key, ct), IsNew: true) { PictureProblem = problem };
    }

    /// <summary>A picture that cannot be taken costs the story nothing but the picture.</summary>
    private async Task<(int? Id, string? Problem)> PictureAsync(NewsroomDb db, IncomingStory story, CancellationToken ct)
    {
        if (story.PicturePath is not { } path)
            return (null, null);

        try
        {
            await using var file = File.OpenRead(path);
            var intake = await pictures.TakeInAsync(file, Path.GetFileName(path), null, ct);
            if (intake is Intake.Refused refused)
                return (null, refused.Sentence);

            var picture = ((Intake.Taken)intake).Picture;
            if (PlainWords.Cut(PlainWords.OneLine(story.Front.PictureCredit), Picture.LongestWords) is { Length: > 0 } credit)
                await db.Pictures.Where(p => p.Id == picture.Id && p.Credit == "").ExecuteUpdateAsync(set => set.SetProperty(p => p.Credit, credit), ct);
            return (picture.Id, null);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return (null, "There is no such file, or it cannot be opened.");
        }
    }

    private async Task AttemptAsync(Taken taken, Func<Task> step, CancellationToken ct)
    {
        try
        {
            await step();
        }
        catch (Exception problem) when (!ct.IsCancellationRequested)
        {
            log.LogError(problem, "Story {StoryId}, taken in from {File}, could not be finished", taken.Id, taken.Story.FileName);
            taken.HasFailed = true;
            taken.Fate = "unfinished (something failed that should not; the log tells more)";
        }
    }

    private static async Task<StoryText> TextOfAsync(NewsroomDb db, IncomingStory story, int? fallback, CancellationToken ct)
    {
        var writers = await WritersAsync(db, story.Front.By, ct);
        var text = new StoryText
        {
            Kind = story.Kind,
            Headline = PlainWords.Cut(story.Headline, StoryText.LongestHeadline),
            FrontHeadline = PlainWords.Cut(story.Front.FrontHeadline, StoryText.LongestHeadline),
            SearchHeadline = PlainWords.Cut(story.Front.SearchHeadline, StoryText.LongestHeadline),
            ShareHeadline = PlainWords.Cut(story.Front.ShareHeadline, StoryText.LongestHeadline),
            Backstory = PlainWords.Cut(story.Front.Backstory, StoryText.LongestBackstory),
            Standfirst = PlainWords.Cut(story.Front.Standfirst, StoryText.LongestStandfirst),
            Kicker = PlainWords.Cut(story.Front.Kicker, StoryText.LongestLabel),
            Slug = PlainWords.Cut(story.Front.Slug, StoryText.LongestLabel),
            Dateline = PlainWords.Cut(story.Front.Dateline, StoryText.LongestLabel),
            CreditLine = PlainWords.Cut(string.Join(", ", [.. writers.Unknown, .. story.Front.Credit is { Length: > 0 } credit ? new[] { credit } : []]), StoryText.LongestLabel),
            SectionId = await SectionAsync(db, story.Front.Section, ct) ?? fallback,
            TopicIds = [.. await TopicsAsync(db, story.Front.Topics, ct)],
            WriterIds = [.. writers.Ids],
            Copy = PlainWords.Cut(story.Copy, StoryText.LongestCopy),
            PictureAlt = PlainWords.Cut(story.Front.PictureAlt, StoryText.LongestStandfirst),
            PictureCaption = PlainWords.Cut(story.Front.PictureCaption, StoryText.LongestStandfirst),
        };
        return text.Cleaned();
    }

    private static async Task<int?> SectionAsync(NewsroomDb db, string? name, CancellationToken ct)
    {
        if (Label(name) is not { Length: > 0 } wanted)
            return null;

        var all = await db.Sections.OrderBy(s => s.Id).Select(s => new KnownName(s.Id, s.Name, s.Slug)).ToListAsync(ct);
        if (KnownName.Find(all, wanted) is { } known)
            return known.Id;
        if (Section.WhyNotSlug(Slugs.From(wanted)) is not null)
            return null;

        var section = new Section { Name = wanted, Slug = KnownName.FreeSlug(all, wanted), Position = 1 + (await db.Sections.MaxAsync(s => (int?)s.Position, ct) ?? 0) };
        db.Add(section);
        await db.SaveChangesAsync(ct);
        return section.Id;
    }

    private static async Task<List<int>> TopicsAsync(NewsroomDb db, IEnumerable<string> names, CancellationToken ct)
    {
        List<KnownName> all =
        [
            .. await db.Topics.OrderBy(t => t.Id).Select(t => new KnownName(t.Id, t.Name, t.Slug)).ToListAsync(ct),
            .. await db.TopicSynonyms.OrderBy(s => s.Slug).Select(s => new KnownName(s.TopicId, s.Name, s.Slug)).ToListAsync(ct),
        ];
        List<int> ids = [];
        foreach (var name in names.Select(Label).Where(name => name.Length > 0))
        {
            if (KnownName.Find(all, name) is not { } known)
            {
                var topic = new Topic { Name = name, Slug = KnownName.FreeSlug(all, name) };
                db.Add(topic);
                await db.SaveChangesAsync(ct);
                all.Add(known = new(topic.Id, topic.Name, topic.Slug));
            }

            ids.Add(known.Id);
        }

        return ids;
    }

    /// <summary>Names without a page of their own stay in the credit line: an import never invents a colleague.</summary>
    private static async Task<(List<int> Ids, List<string> Unknown)> WritersAsync(NewsroomDb db, IEnumerable<string> names, CancellationToken ct)
    {
        var all = await db.Writers.OrderBy(w => w.Id).Select(w => new KnownName(w.Id, w.Name, w.Slug)).ToListAsync(ct);
        List<int> ids = [];
        List<string> unknown = [];
        foreach (var name in names.Select(PlainWords.OneLine).Where(name => name.Length > 0))
        {
            if (KnownName.Find(all, name) is { } writer)
                ids.Add(writer.Id);
            else
                unknown.Add(name);
        }

        return (ids, unknown);
    }

    /// <summary>As the paper keeps a name, so that the next file finds it by the same words.</summary>
    private static string Label(string? name) => PlainWords.Cut(PlainWords.OneLine(name), StoryText.LongestLabel).TrimEnd();

    /// <summary>Once every story has its id, links by file name and hand-picked headlines become identities.</summary>
    private async Task TieAllAsync(List<Taken> batch, CancellationToken ct)
    {
        var idByFile = batch.GroupBy(t => t.Story.FileName, StringComparer.OrdinalIgnoreCase).ToDictionary(g => g.Key, g => g.First().Id, StringComparer.OrdinalIgnoreCase);
        foreach (var taken in batch.DistinctBy(t => t.Id).Where(t => FileLink().IsMatch(t.Story.Body) || t.Story.Front.Related.Count > 0))
            await AttemptAsync(taken, () => TieAsync(taken, idByFile, ct), ct);
    }

    private async Task TieAsync(Taken taken, Dictionary<string, int> idByFile, CancellationToken ct)
    {
        await using var db = await newsroom.CreateDbContextAsync(ct);
        if (await UntouchedAsync(db, taken.Id, ct) is not { } story)
            return;

        var tied = story.Draft with
        {
            Copy = FileLink().Replace(story.Draft.Copy, link => idByFile.TryGetValue(link.Groups[1].Value, out var id) ? $"story:{id}" : link.Value),
            RelatedIds = [.. await ByHeadlineAsync(db, taken.Story.Front.Related, ct)],
        };
        var outcome = await desk.SaveAsync(taken.Id, story.RevisionNumber, tied, null, ct);
        if (outcome is StoryOutcome.Done done && done.Story.RevisionNumber > story.RevisionNumber)
            taken.Fate = "a draft";
    }

    /// <summary>The story, unless a person has had it in hand or readers were ever to get it: then it is no longer the import's.</summary>
    private static Task<Story?> UntouchedAsync(NewsroomDb db, int id, CancellationToken ct) =>
        db.Stories.AsNoTracking().SingleOrDefaultAsync(
            s => s.Id == id && s.SourceKey != null && s.SavedById == null && s.EmbargoUntil == null && s.PublishedNumber == null
                && !s.Revisions.Any(r => r.SavedById != null || r.PublishedAt != null),
            ct);

    private static async Task<List<int>> ByHeadlineAsync(NewsroomDb db, IEnumerable<string> headlines, CancellationToken ct)
    {
        List<int> ids = [];
        foreach (var key in headlines.Select(ReadMoreLinks.Key))
            ids.AddRange(await db.KnownHeadlines.Where(h => h.Headline == key).OrderByDescending(h => h.StoryId).Select(h => h.StoryId).Take(1).ToListAsync(ct));
        return ids;
    }

    private async Task ReleaseAllAsync(List<Taken> batch, ImportRequest request, CancellationToken ct)
    {
        var toRelease = batch.DistinctBy(t => t.Id).Where(t => !t.HasFailed && t.Story.State != IncomingState.Draft && (request.Publish || t.Story.Published is not null));
        foreach (var taken in toRelease.OrderBy(t => t.Story.Published ?? DateTimeOffset.MaxValue))
            await AttemptAsync(taken, () => ReleaseAsync(taken, request, ct), ct);
    }

    private async Task ReleaseAsync(Taken taken, ImportRequest request, CancellationToken ct)
    {
        await using var db = await newsroom.CreateDbContextAsync(ct);
        if (await UntouchedAsync(db, taken.Id, ct) is not { } story)
            return;

        var at = (taken.Story.Published + request.Shift)?.ToUniversalTime();
        if (taken.Story.State == IncomingState.Withdrawn && at > clock.GetUtcNow())
        {
            taken.Fate = "a draft still (it was withdrawn before its moment came)";
            return;
        }

        taken.Fate = await desk.PublishAsync(taken.Id, story.RevisionNumber, at, ct: ct) switch
        {
            StoryOutcome.Done => await AfterwardsAsync(taken, at, request, ct),
            StoryOutcome.Refused refused => $"a draft still ({string.Join(" ", refused.Why.Select(m => m.Sentence)).TrimEnd('.')})",
            _ => taken.Fate,
        };
    }

    private async Task<string> AfterwardsAsync(Taken taken, DateTimeOffset? at, ImportRequest request, CancellationToken ct)
    {
        if (taken.Story.Updated is { } updated)
            await desk.RememberUpdateAsync(taken.Id, (updated + request.Shift).ToUniversalTime(), ct);
        if (taken.Story.State != IncomingState.Withdrawn)
            return at > clock.GetUtcNow() ? "due" : "live";

        await desk.WithdrawAsync(taken.Id, ct: ct);
        return "withdrawn";
    }

    private static string InWords(Taken taken) => taken.Fate is { } fate
        ? $"{taken.Story.FileName} is story {taken.Id}, {fate}: {taken.Story.Headline}"
        : $"{taken.Story.FileName} is here already, as story {taken.Id}.";

    [GeneratedRegex(@"story:([^\s()\[\]]+\.(?:md|markdown|txt))", RegexOptions.IgnoreCase)]
    private static partial Regex FileLink();
}
