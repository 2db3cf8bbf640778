using System.Globalization;
using LondonDefender.Archive;
using LondonDefender.Copy;
using LondonDefender.Data;
using LondonDefender.Paper;
using LondonDefender.Pictures;
using LondonDefender.ReadMore;
using LondonDefender.Stories;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace LondonDefender.Wire.MovingIn;

/// <summary>One move of one old paper: what is known of it, and the steps it goes in.</summary>
internal sealed class Move
{
    private readonly MoveRequest options;
    private readonly PaperSettings settings;
    private readonly DateTimeOffset now;
    private readonly ILogger log;
    private readonly Uri? givenSite;
    private readonly List<Stub> stubs = [];
    private readonly Dictionary<string, int> idByKey = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string[]> here = new(StringComparer.Ordinal);
    private readonly HashSet<string> seen = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> storyOfPath = new(StringComparer.Ordinal);
    private readonly MoveReport report;
    private readonly OldNames names;

    public Move(MoveRequest options, OldPaper paper, PaperSettings settings, DateTimeOffset now, ILogger log)
    {
        (this.options, this.settings, this.now, this.log, Paper) = (options, settings, now, log, paper);
        givenSite = options.From is { } from ? new Uri(from) : null;
        report = new(options, Path.GetFileName(Path.TrimEndingDirectorySeparator(options.Path))) { Kind = paper.Kind };
        names = new(options, report);
        Links = new(OldLinks.Nowhere);
    }

    public OldPaper Paper { get; }
    public OldLinks Links { get; private set; }
    public int Found => stubs.Count;
    public int Done { get; private set; }
    public int Taken { get; private set; }

    private Uri? Site => givenSite ?? Paper.Site;

    private sealed record Stub(string Key, string Headline, DateTimeOffset? Published, IReadOnlyList<string> Addresses);

    /// <summary>The first reading: which stories there are, and what they are filed under.</summary>
    public void LookThrough(CancellationToken ct)
    {
        HashSet<string> keys = new(StringComparer.Ordinal);
        foreach (var story in Paper.Read(withTexts: false))
        {
            ct.ThrowIfCancellationRequested();
            if (keys.Add(story.Key))
            {
                stubs.Add(new(story.Key, CutHeadline(story.Headline), story.Published, story.Addresses));
                names.Meet(story);
            }
        }

        Links = new(Site ?? OldLinks.Nowhere);
        report.Found = stubs.Count;
        if (Site is null)
            report.Note("The file does not say where the old site stood, and nobody else did (--from): links to it could not be told from others, and stay as they are.");
    }

    /// <summary>Gives each story its number, the oldest the lowest, and keeps it before anything else is written.</summary>
    public async Task NumberAsync(NewsroomDb db, CancellationToken ct)
    {
        var keys = stubs.OrderBy(stub => stub.Published ?? now).Select(stub => SourceKey(stub.Key)).ToArray();
        if (!options.IsDryRun)
        {
            await db.Database.ExecuteSqlAsync($"""
                INSERT INTO moved_stories (source_key, story_id, is_tied, losses)
                SELECT key, nextval(pg_get_serial_sequence('stories', 'id')), false, ARRAY[]::text[]
                FROM (SELECT key FROM unnest({keys}) WITH ORDINALITY AS asked (key, place)
                    WHERE NOT EXISTS (SELECT FROM moved_stories WHERE source_key = key) ORDER BY place) AS unknown
                """, ct);
        }

        foreach (var moved in await db.MovedStories.AsNoTracking().Where(m => keys.Contains(m.SourceKey)).ToListAsync(ct))
        {
            idByKey[moved.SourceKey] = moved.StoryId;
            if (moved.TakenAt is not null)
                here[moved.SourceKey] = moved.Losses;
        }

        var next = 1 + (await db.Stories.MaxAsync(s => (int?)s.Id, ct) ?? 0);
        foreach (var key in keys.Where(key => !idByKey.ContainsKey(key)))
            idByKey[key] = next++;

        foreach (var old in await db.OldAddresses.AsNoTracking().Where(o => o.StoryId != null).ToListAsync(ct))
            storyOfPath[old.Path] = old.StoryId!.Value;
        foreach (var stub in stubs)
        {
            var id = idByKey[SourceKey(stub.Key)];
            Links.Add(id, stub.Headline);
            foreach (var path in PathsOf(stub.Addresses))
            {
                Links.Add(path, id);
                storyOfPath.TryAdd(path, id);
            }
        }

        // What came with another part of the same export may be linked to, too.
        foreach (var (path, id) in storyOfPath)
            Links.Add(path, id);
    }

    /// <summary>Sections, topics and writers that the stories are filed under; those that are not there yet are made.</summary>
    public Task FileAsync(NewsroomDb db, CancellationToken ct) => names.FindAsync(db, Paper, ct);

    /// <summary>A story turned into copy; null for one that stands in the file twice.</summary>
    public MovingStory? Begin(OldStory old)
    {
        if (!seen.Add(old.Key))
        {
            Paper.NotTaken["stories that stand in the file a second time"] = Paper.NotTaken.GetValueOrDefault("stories that stand in the file a second time") + 1;
            return null;
        }

        var losses = new Losses();
        foreach (var loss in old.Losses)
            losses.Add(loss.Kind, loss.Sentence);
        if (old.WhyDraft is { } why)
            losses.Add("drafts that were not", why);
        else if (old.Published > now)
            losses.Add("drafts that were not", "Its moment is still to come, so it is a draft: give it its moment again.");

        var key = SourceKey(old.Key);
        foreach (var path in PathsOf(old.Addresses.Take(1)).Where(path => storyOfPath[path] != idByKey[key]))
            losses.Add("old addresses", $"Its old address {path} leads to story {storyOfPath[path]} already.");
        var made = HtmlToCopy.Read(old, Links, settings.LabelsInUse, Paper.PictureNumbered, losses);
        return new(old, idByKey[key], here.ContainsKey(key), losses)
        {
            Made = made,
            LacksPictures = !options.IsDryRun && here.GetValueOrDefault(key, []).Any(loss => OldPictures.LostIn(loss) is not null),
        };
    }

    /// <summary>Has its pictures fetched, and puts them where they belong.</summary>
    public async Task IllustrateAsync(MovingStory story, OldPictures pictures, CancellationToken ct)
    {
        var wanted = story.Made.Pictures;
        var ids = new Dictionary<OldPicture, int>();
        foreach (var picture in wanted.Concat(story.Old.Picture is { } first ? [first] : []).Distinct())
        {
            if (options.IsDryRun)
                pictures.LookOnly(picture, story.Old, story.Losses);
            else if (await pictures.TakeInAsync(picture, story.Old, story.Losses, ct) is { } id)
                ids[picture] = id;
        }

        if (story.Old.Picture is { } main && ids.TryGetValue(main, out var mainId))
            (story.Picture, story.PictureId) = (main, mainId);
        // Themes showed the main picture above the text, and many texts begin with it once more.
        story.Copy = story.Made.With(picture => ids.TryGetValue(picture, out var id) && (id != story.PictureId || wanted[0] != picture) ? Written(picture, id) : null);
        if (story.Copy.Length > CopyText.LongestCopy)
            story.Losses.Add("cut", "Its copy is longer than 500,000 characters; the rest was cut off, and it is a draft.");
    }

    /// <summary>One transaction for a batch: a killed import leaves whole stories, never halves.</summary>
    public async Task WriteAsync(IDbContextFactory<NewsroomDb> newsroom, List<MovingStory> batch, CancellationToken ct)
    {
        Done += batch.Count;
        foreach (var story in batch.Where(story => story.IsHere))
            report.Add(story.Old.Headline, From(story), "here already", here[SourceKey(story.Old.Key)]);

        List<MovingStory> coming = [.. batch.Where(story => !story.IsHere)];
        var made = coming.Select(story => (Story: story, Made: Make(story))).ToList();
        var failed = options.IsDryRun || made.Count == 0 ? [] : await SaveAsync(newsroom, made, ct);
        foreach (var (story, (entity, _)) in made.Where(one => !failed.Contains(one.Story)))
            report.Add(story.Old.Headline, From(story), entity.PublishedNumber is null ? MoveReport.Draft : "live", [.. story.Losses.All.Select(loss => loss.Sentence)], story.Losses.All);
        foreach (var story in failed)
            LeaveOut(story.Old);
    }

    /// <summary>For what nobody foresaw: it costs its story, and no other.</summary>
    public void LeaveOut(OldStory old) =>
        report.Add(old.Headline, old.Addresses is [var first, ..] ? $"{first}: " : "", MoveReport.LeftOut, ["Something failed that should not; the log tells more."], [new("left out", "")]);

    /// <returns>Those that could not be written. Where a batch fails, its stories are tried one by one.</returns>
    private async Task<List<MovingStory>> SaveAsync(IDbContextFactory<NewsroomDb> newsroom, List<(MovingStory Story, (Story Entity, CopyText Copy) Made)> batch, CancellationToken ct)
    {
        try
        {
            await using var db = await newsroom.CreateDbContextAsync(ct);
            db.ChangeTracker.AutoDetectChangesEnabled = false;
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            await ReadMoreLinks.TakeTurnAsync(db, ct);
            await AddAsync(db, batch, ct);
            await transaction.CommitAsync(ct);
            Taken += batch.Count;
            return [];
        }
        catch (Exception problem) when (problem.GetBaseException() is PostgresException && !ct.IsCancellationRequested)
        {
            if (batch.Count == 1)
            {
                log.LogError(problem, "The story {Key} of an old paper could not be written", batch[0].Story.Old.Key);
                return [batch[0].Story];
            }
        }

        List<MovingStory> failed = [];
        foreach (var one in batch)
            failed.AddRange(await SaveAsync(newsroom, [one], ct));
        return failed;
    }

    /// <summary>Pictures that could not be had when their stories were taken in, and can be had now. What a person has had in hand meanwhile stays as it is.</summary>
    public async Task CompleteAsync(IDbContextFactory<NewsroomDb> newsroom, StoryDesk desk, List<MovingStory> batch, CancellationToken ct)
    {
        foreach (var story in batch.Where(story => story.LacksPictures))
        {
            var key = SourceKey(story.Old.Key);
            var before = here[key].Select(OldPictures.LostIn).OfType<string>().ToHashSet(StringComparer.Ordinal);
            var stillLost = story.Losses.All.Select(loss => loss.Sentence).Where(loss => OldPictures.LostIn(loss) is not null).ToList();
            // What came the first time and not now must not be taken away.
            if (!before.IsProperSupersetOf(stillLost.Select(OldPictures.LostIn).OfType<string>())
                || await desk.IllustrateAsync(story.Id, text => WithPictures(text, story), ct) is not StoryOutcome.Done)
                continue;

            here[key] = [.. here[key].Where(loss => OldPictures.LostIn(loss) is null), .. stillLost];
            await using var db = await newsroom.CreateDbContextAsync(ct);
            await db.MovedStories.Where(m => m.SourceKey == key).ExecuteUpdateAsync(set => set.SetProperty(m => m.Losses, here[key]), ct);
        }
    }

    /// <summary>What the newsroom knows of links: once all stories are there, whatever they say of each other finds its story.</summary>
    public async Task TieAsync(IDbContextFactory<NewsroomDb> newsroom, CancellationToken ct)
    {
        if (options.IsDryRun)
            return;

        foreach (var some in idByKey.Keys.Chunk(200))
            await TieAsync(newsroom, some, ct);
        foreach (var headlines in stubs.Select(stub => ReadMoreLinks.Key(stub.Headline)).Where(key => key.Length > 0).Distinct().Chunk(1000))
        {
            await using var db = await newsroom.CreateDbContextAsync(ct);
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            await ReadMoreLinks.TakeTurnAsync(db, ct);
            await ReadMoreLinks.LookAgainAsync(db, headlines, now, ct);
            await transaction.CommitAsync(ct);
        }
    }

    /// <summary>The pages of the old site that listed stories lead to ours.</summary>
    public async Task KeepListPagesAsync(NewsroomDb db, CancellationToken ct)
    {
        if (options.IsDryRun)
            return;

        foreach (var page in Paper.ListPages)
        {
            if (OldAddresses.KeyOf(page.Path) is { } path && names.OfListPage(page) is { } at)
                await db.Database.ExecuteSqlAsync($"INSERT INTO old_addresses (path, section_id, topic_id, writer_id) VALUES ({path}, {at.SectionId}, {at.TopicId}, {at.WriterId}) ON CONFLICT DO NOTHING", ct);
        }
    }

    public MoveReport Reported(OldPictures pictures, string took)
    {
        report.Took = took;
        report.PicturesTaken = pictures.Taken;
        report.NotTaken = Paper.NotTaken;
        report.Note("When a text was changed last is not taken over: other systems note it for every comma, and the paper tells readers of substantive changes only.");
        return report;
    }

    private async Task TieAsync(IDbContextFactory<NewsroomDb> newsroom, string[] keys, CancellationToken ct)
    {
        await using var db = await newsroom.CreateDbContextAsync(ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await ReadMoreLinks.TakeTurnAsync(db, ct);
        var loose = await db.MovedStories.Where(m => keys.Contains(m.SourceKey) && m.TakenAt != null && !m.IsTied).ToListAsync(ct);
        int[] ids = [.. loose.Select(moved => moved.StoryId)];
        // What somebody has saved since was tied by that.
        var stories = await db.Stories.AsNoTracking().Where(s => ids.Contains(s.Id) && s.RevisionNumber == 1).ToListAsync(ct);
        await ReadMoreLinks.TieNewAsync(db, stories.ToDictionary(story => story, story => CopyText.Read(story.Draft.Copy, settings.LabelsInUse)), now, ct);
        loose.ForEach(moved => moved.IsTied = true);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
    }

    private (Story Entity, CopyText Copy) Make(MovingStory moving)
    {
        var text = names.File(TextOf(moving), moving.Old, moving.Losses);
        var copy = CopyText.Read(text.Copy, settings.LabelsInUse);
        var story = Story.Begin(null, now, SourceKey(moving.Old.Key));
        story.Rewrite(text, null, now);
        if (moving.Old is { WasPublic: true, Published: { } at } && at <= now && !options.AsDrafts && moving.Copy.Length <= CopyText.LongestCopy)
        {
            var inTheWay = story.WhatIsInTheWay(story.Draft, copy, at, now);
            if (inTheWay.Count == 0)
                story.Publish(at, now);
            else
                moving.Losses.Add("drafts that were not", $"Readers had it, but here it is a draft: {string.Join(" ", inTheWay.Select(missing => missing.Sentence))}");
        }

        return (story, copy);
    }

    private static StoryText TextOf(MovingStory moving)
    {
        var old = moving.Old;
        if (old.Headline.Length > StoryText.LongestHeadline)
            moving.Losses.Add("cut", $"Its headline was longer than {StoryText.LongestHeadline} characters, and was cut: {PlainWords.Cut(old.Headline, 1000)}");
        var standfirst = PlainWords.OneLine(PlainText.Of(old.Standfirst));
        if (standfirst.Length > StoryText.LongestStandfirst)
            moving.Losses.Add("cut", $"Its standfirst was longer than {StoryText.LongestStandfirst} characters, and was cut.");

        var text = new StoryText
        {
            Headline = CutHeadline(old.Headline),
            SearchHeadline = CutHeadline(old.SearchHeadline),
            ShareHeadline = CutHeadline(old.ShareHeadline),
            Standfirst = PlainWords.Cut(standfirst, StoryText.LongestStandfirst),
            Slug = PlainWords.Cut(Uri.UnescapeDataString(old.Slug), StoryText.LongestLabel),
        };
        return WithPictures(text, moving);
    }

    private static StoryText WithPictures(StoryText text, MovingStory moving) => text with
    {
        Copy = PlainWords.Cut(moving.Copy, CopyText.LongestCopy),
        PictureId = moving.PictureId,
        PictureAlt = PlainWords.Cut(moving.Picture?.Alt, StoryText.LongestStandfirst),
        PictureCaption = PlainWords.Cut(PlainText.Of(moving.Picture?.Caption ?? ""), StoryText.LongestStandfirst),
    };

    private async Task AddAsync(NewsroomDb db, List<(MovingStory Story, (Story Entity, CopyText Copy) Made)> batch, CancellationToken ct)
    {
        string[] keys = [.. batch.Select(moving => SourceKey(moving.Story.Old.Key))];
        var moved = await db.MovedStories.Where(m => keys.Contains(m.SourceKey)).ToDictionaryAsync(m => m.SourceKey, ct);
        string[] paths = [.. batch.SelectMany(moving => PathsOf(moving.Story.Old.Addresses))];
        var taken = (await db.OldAddresses.Where(o => paths.Contains(o.Path)).Select(o => o.Path).ToListAsync(ct)).ToHashSet(StringComparer.Ordinal);
        foreach (var (story, (entity, copy)) in batch)
        {
            db.Add(entity).Property(s => s.Id).CurrentValue = story.Id;
            if (ReadMoreLinks.Key(entity.Draft.Headline) is { Length: > 0 } headline)
                db.Add(new KnownHeadline { StoryId = story.Id, Headline = headline });
            foreach (var path in PathsOf(story.Old.Addresses).Where(path => storyOfPath[path] == story.Id && taken.Add(path)))
                db.Add(new OldAddress { Path = path, StoryId = story.Id });
            db.AddRange(PictureUses.Of(entity, copy, story.Id));

            var note = moved[SourceKey(story.Old.Key)];
            (note.TakenAt, note.IsTied, note.Losses) = (now, copy.Blocks.Count == 0 && copy.InlineLinks.Count == 0, [.. story.Losses.All.Select(loss => loss.Sentence)]);
        }

        db.ChangeTracker.DetectChanges();
        await db.SaveChangesAsync(ct);
        await SearchFiling.EnterNewAsync(db, [.. batch.Where(moving => moving.Made.Entity.PublishedNumber is not null).Select(moving => moving.Made)], names.NamesOf, ct);
    }

    private IEnumerable<string> PathsOf(IEnumerable<string> addresses) => addresses
        .Where(address => !address.Contains("://", StringComparison.Ordinal) || (Uri.TryCreate(address, UriKind.Absolute, out var whole) && (Site is null || Links.IsOwn(whole))))
        .Select(OldAddresses.KeyOf).OfType<string>().Distinct();

    private static string Written(OldPicture picture, int id)
    {
        var (alt, caption) = (Words(picture.Alt), Words(PlainText.Of(picture.Caption)));
        return string.Create(CultureInfo.InvariantCulture, $"![{Signs.Inline(alt)}](picture:{id}{(caption.Length > 0 ? $" \"{Signs.Inline(caption).Replace("\"", "\\\"", StringComparison.Ordinal)}\"" : "")})");

        static string Words(string words) => PlainWords.Cut(PlainWords.OneLine(words), StoryText.LongestStandfirst);
    }

    private string SourceKey(string key) => PlainWords.Cut($"{Paper.Kind} {Paper.Site?.Host}: {key}", 400);

    private static string From(MovingStory story) => story.Old.Addresses is [var first, ..] ? $"{first}: " : "";

    private static string CutHeadline(string headline) => PlainWords.Cut(PlainWords.OneLine(headline), StoryText.LongestHeadline);
}
