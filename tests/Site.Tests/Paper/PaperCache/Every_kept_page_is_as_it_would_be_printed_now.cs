using System.Globalization;
using System.Text;
using LondonDefender.Bylines;
using LondonDefender.Copy;
using LondonDefender.Data;
using LondonDefender.Fronts;
using LondonDefender.Paper.PaperCache;
using LondonDefender.Pictures;
using LondonDefender.Sections;
using LondonDefender.Staff;
using LondonDefender.Stories;
using LondonDefender.Stories.Corrections;
using LondonDefender.Stories.Publishing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace LondonDefender.Tests.Paper.PaperCache;

/// <summary>
/// An editor's random week over the demo edition. After every step, each page that the cache holds to be good is printed once more and
/// has to be the same. CACHE_STEPS=10000 makes it a long week; CACHE_SEED repeats one.
/// </summary>
public sealed class Every_kept_page_is_as_it_would_be_printed_now(CachingNewsroom newsroom) : IClassFixture<CachingNewsroom>
{
    private const int ComparedAtEachStep = 15, VisitedAtEachStep = 15;

    private static readonly int Steps = Number("CACHE_STEPS") ?? 150;
    private static readonly int Seed = Number("CACHE_SEED") ?? Environment.ProcessId;

    private readonly Random chance = new(Seed);
    private readonly List<string> done = [];
    private int compared;

    [Fact]
    public async Task Whatever_editors_do_and_the_clock_brings()
    {
        var addresses = await AddressesAsync();
        foreach (var address in addresses)
            await newsroom.Reader.GetAsync(address);
        Assert.True(newsroom.Kept.All.Count > 100);

        for (var step = 1; step <= Steps; step++)
        {
            done.Add(await DoSomethingAsync());
            await newsroom.Watch.CatchUpAsync(CancellationToken.None);
            await CompareAsync();
            if (step % 20 == 0)
                addresses = await AddressesAsync();
            for (var visit = 0; visit < VisitedAtEachStep; visit++)
                await newsroom.Reader.GetAsync(OneOf(addresses));
        }

        Assert.True(compared > Steps * 3, $"Only {compared} pages were compared in {Steps} steps: the rest was stale.");
    }

    private async Task CompareAsync()
    {
        var now = newsroom.Clock.GetUtcNow();
        var good = newsroom.Kept.All.Where(page => page.StaleSince(now) is null).ToArray();
        chance.Shuffle(good);
        foreach (var page in good.Take(ComparedAtEachStep))
        {
            compared++;
            var fresh = await PrintAsync(page.Address.ToString());
            // Something else may have had it printed meanwhile.
            if (page.StaleSince(newsroom.Clock.GetUtcNow()) is null)
                Assert.True(page.Status == fresh.Status && page.Forms.Unpacked().Bytes.AsSpan().SequenceEqual(fresh.Body), Difference(page.Address.ToString(), page.Forms.Unpacked().Bytes, fresh.Body));
        }
    }

    /// <summary>A busy machine may miss the limit of time that a page has; then it is printed once more.</summary>
    private async Task<PrintedPage> PrintAsync(string address)
    {
        var printed = await newsroom.PrintAsync(address);
        for (var again = 0; printed.IsFailure && again < 20; again++)
            printed = await newsroom.PrintAsync(address);
        return printed;
    }

    private string Difference(string address, byte[] kept, byte[] fresh)
    {
        var (old, now) = (Encoding.UTF8.GetString(kept), Encoding.UTF8.GetString(fresh));
        var at = Enumerable.Range(0, Math.Min(old.Length, now.Length)).FirstOrDefault(i => old[i] != now[i], Math.Min(old.Length, now.Length));
        string Around(string text) => text[Math.Max(0, at - 200)..Math.Min(text.Length, at + 200)];
        return $"Seed {Seed}, step {done.Count}: {address} is kept as it is no more.\nDone last: {string.Join("; ", done.TakeLast(8))}\nKept:\n{Around(old)}\nNow:\n{Around(now)}";
    }

    private async Task<string[]> AddressesAsync()
    {
        await using var db = await newsroom.OpenDbAsync();
        var now = newsroom.Clock.GetUtcNow();
        var stories = await db.Stories.Where(s => s.PublishedNumber != null).Select(s => s.Id).ToListAsync();
        var live = (await db.Stories.Live(now).Briefs(db, now).ToListAsync()).Select(story => story.Address).ToList();
        var sections = await db.Sections.Select(s => "/" + s.Slug).ToListAsync();
        var topics = await db.Topics.Select(t => "/topics/" + t.Slug).ToListAsync();
        var writers = await db.Writers.Select(w => "/by/" + w.Slug).ToListAsync();
        var today = now.ToString("yyyy/MM/dd", CultureInfo.InvariantCulture);
        string[] feeds = ["rss.xml", "atom.xml", "feed.json"];
        string[] pages = ["/", .. sections, .. topics, .. writers];
        return
        [
            .. pages, .. pages.SelectMany(page => feeds.Select(feed => $"{page.TrimEnd('/')}/{feed}")), .. pages.Skip(1).Select(page => page + "?page=2"),
            "/", "/", "/corrections", "/most-read", "/about", "/archive", $"/archive/{today}", $"/archive/{today[..7]}", "/sitemap.xml", "/sitemap-news.xml", "/sitemaps/pages.xml", "/sitemaps/stories-1.xml",
            .. live, .. live, .. live.Select(StoryAddress.OfChanges), .. stories.Select(id => $"/world/{id}"),
        ];
    }

    private async Task<string> DoSomethingAsync() => chance.Next(30) switch
    {
        0 or 1 or 2 => await WriteAsync(at: null),
        3 => await WriteAsync(at: newsroom.Clock.GetUtcNow().AddMinutes(chance.Next(1, 600))),
        4 or 5 or 6 => await RewriteAsync(),
        7 => await SaveOnlyAsync(),
        8 => await WithLiveAsync("withdrew", async id => await newsroom.Desk.WithdrawAsync(id, chance.Next(2) == 0 ? await AnyStoryAsync() : null)),
        9 => await BringBackAsync(),
        10 => await MoveOnAsync(TimeSpan.FromSeconds(chance.Next(1, 90))),
        11 => await MoveOnAsync(TimeSpan.FromMinutes(chance.Next(1, 600))),
        12 => await CorrectAsync(),
        13 => await InDbAsync("put up a banner", async db => await BreakingNews.PutUpAsync(db, $"Breaking {chance.Next()}", await AnyStoryAsync(), 30, null, newsroom.Clock.GetUtcNow(), CancellationToken.None)),
        14 => await InDbAsync("took the banner down", db => BreakingNews.TakeDownAsync(db, newsroom.Clock.GetUtcNow(), CancellationToken.None)),
        15 => await InDbAsync("renamed a topic", async db => (await OneOfAsync(db.Topics)).Name = $"Topic {chance.Next(1000)}"),
        16 => await InDbAsync("renamed a section", async db => (await OneOfAsync(db.Sections)).Name = $"Section {chance.Next(1000)}"),
        17 => await InDbAsync("changed a writer", async db => (await OneOfAsync(db.Writers)).Role = $"Reporter {chance.Next(1000)}"),
        18 => await ArrangeAsync(),
        19 => await InDbAsync("changed the settings", async db => { var settings = await db.PaperSettings.SingleAsync(); settings.Tagline = $"Paper number {chance.Next(1000)}"; settings.SocialAccounts = [$"https://x.com/paper{chance.Next(1000)}"]; }),
        20 => await ChangePictureAsync(),
        21 => await WithLiveAsync("killed", async id => await newsroom.Services.GetRequiredService<KillDesk>().KillAsync(id, "A court has ordered it.", await ChiefAsync(), CancellationToken.None)),
        22 => await InDbAsync("marked or unmarked proceedings", async db => { var story = await OneOfAsync(db.Stories.Where(s => s.Id > 0 && s.PublishedNumber != null)); story.MarkProceedings(!story.HasActiveProceedings); }),
        23 => await ArrangeAsync(),
        24 => await TakeBackFrontAsync(),
        25 => await MergeAsync(NamedKind.Topic),
        26 => await MergeAsync(NamedKind.Writer),
        27 => await ReadressAsync(),
        28 => await RefileAsync(),
        _ => await InDbAsync("gave a writer a portrait", async db => (await OneOfAsync(db.Writers)).PortraitId = await AnyPictureAsync(db)),
    };

    private async Task<string> WriteAsync(DateTimeOffset? at)
    {
        var id = await newsroom.Desk.BeginAsync(null, await SomeTextAsync());
        await newsroom.Desk.PublishAsync(id, 1, at);
        return $"published {id}{(at is null ? "" : $" for {at:HH:mm}")}";
    }

    private async Task<StoryText> SomeTextAsync()
    {
        await using var db = await newsroom.OpenDbAsync();
        var (other, another) = (await AnyStoryAsync(), await AnyStoryAsync());
        var headline = chance.Next(3) == 0 ? OneOf(["The river rises", "The river falls", "A bridge is closed"]) : $"Headline {chance.Next(10_000)}";
        return new()
        {
            Kind = OneOf(Enum.GetValues<StoryKind>()),
            Headline = headline,
            Standfirst = OneOf(["The council met on the flood.", "Ministers said nothing.", "The river was high."]),
            Kicker = OneOf(["", "Floods"]),
            SectionId = (await OneOfAsync(db.Sections)).Id,
            TopicIds = [(await OneOfAsync(db.Topics)).Id],
            WriterIds = [(await OneOfAsync(db.Writers)).Id],
            RelatedIds = chance.Next(3) == 0 ? [await AnyStoryAsync()] : [],
            PictureId = chance.Next(2) == 0 ? await AnyPictureAsync(db) : null,
            PictureAlt = "A picture.",
            Copy = $"It rained on the [bridge](story:{another}).\n\nREAD MORE: story:{other}\n\nThen it stopped.\n\nREAD MORE: The river rises\n\nRELATED: [Their words](story:{another})\n\nAnd so on {chance.Next(100)}.",
        };
    }

    private Task<string> RewriteAsync() => WithLiveAsync("republished", async id =>
    {
        var text = await SomeTextAsync();
        await newsroom.RewriteAsync(id, old => chance.Next(2) == 0 ? text : old with { Headline = text.Headline, Copy = text.Copy });
        await using var db = await newsroom.OpenDbAsync();
        var revision = await db.Stories.Where(s => s.Id == id).Select(s => s.RevisionNumber).SingleAsync();
        await newsroom.Desk.PublishAsync(id, revision, isSubstantive: chance.Next(2) == 0, reason: "New facts");
    });

    /// <summary>What is merged is made anew, so that there is always something to merge.</summary>
    private async Task<string> MergeAsync(NamedKind kind)
    {
        await using var db = await newsroom.OpenDbAsync();
        var ids = kind == NamedKind.Topic ? await db.Topics.OrderBy(t => t.Id).Select(t => t.Id).ToListAsync() : await db.Writers.OrderBy(w => w.Id).Select(w => w.Id).ToListAsync();
        var (from, into) = (OneOf(ids), OneOf(ids));
        await Names.MergeAsync(kind, from, into, CancellationToken.None);
        var name = $"Anew {chance.Next(100_000)}";
        db.Add(kind == NamedKind.Topic ? new Topic { Name = name, Slug = Slugs.From(name) } : new Writer { Name = name, Slug = Slugs.From(name) });
        await db.SaveChangesAsync();
        return $"merged {kind} {from} into {into}";
    }

    private async Task<string> ReadressAsync()
    {
        await using var db = await newsroom.OpenDbAsync();
        var slug = $"at-{chance.Next(100_000)}";
        if (chance.Next(2) == 0)
        {
            var section = await OneOfAsync(db.Sections.AsNoTracking());
            await Names.SaveSectionAsync(section.Id, section.Name, slug, section.Position, section.About, CancellationToken.None);
            await Names.RetireSectionAsync(section.Id, chance.Next(2) == 0, CancellationToken.None);
            return $"gave section {section.Id} the address {slug}";
        }

        var topic = await OneOfAsync(db.Topics.AsNoTracking());
        await Names.SaveTopicAsync(topic.Id, topic.Name, slug, topic.About, [], CancellationToken.None);
        return $"gave topic {topic.Id} the address {slug}";
    }

    private Task<string> RefileAsync() => WithLiveAsync("filed elsewhere", async id =>
    {
        var text = await SomeTextAsync();
        await newsroom.Desk.RefileAsync(id, old => old with { SectionId = text.SectionId, TopicIds = text.TopicIds }, "Filed elsewhere", null);
    });

    private NamesDesk Names => newsroom.Services.GetRequiredService<NamesDesk>();

    private Task<string> SaveOnlyAsync() => WithLiveAsync("saved", async id =>
    {
        var text = await SomeTextAsync();
        await newsroom.RewriteAsync(id, _ => text);
    });

    private async Task<string> BringBackAsync()
    {
        await using var db = await newsroom.OpenDbAsync();
        var withdrawn = await db.Stories.Withdrawn(newsroom.Clock.GetUtcNow()).OrderBy(s => s.Id).Select(s => s.Id).ToListAsync();
        if (withdrawn.Count == 0)
            return "nothing";

        var id = OneOf(withdrawn);
        if (await newsroom.Desk.BringBackAsync(id) is StoryOutcome.Refused)
            await newsroom.Services.GetRequiredService<KillDesk>().ReviveAsync(id, "", await ChiefAsync(), CancellationToken.None);
        return $"brought back {id}";
    }

    private async Task<int> ChiefAsync()
    {
        await using var db = await newsroom.OpenDbAsync();
        if (await db.Users.Select(p => (int?)p.Id).FirstOrDefaultAsync() is { } chief)
            return chief;

        await newsroom.HireAsync(Role.ChiefEditor);
        return await db.Users.Select(p => p.Id).FirstAsync();
    }

    private Task<string> MoveOnAsync(TimeSpan time)
    {
        newsroom.Clock.MoveBy(time);
        return Task.FromResult($"waited {time}");
    }

    private Task<string> CorrectAsync() => WithLiveAsync("corrected", id => newsroom.Services.GetRequiredService<CorrectionDesk>()
        .AddAsync(id, new(CorrectionKind.Correction, OneOf(Enum.GetValues<CorrectionPlacement>()), $"It was {chance.Next(100)} metres."), null));

    /// <summary>The front page or a section's front, now or at a moment, with cards told otherwise and every way to fill a container.</summary>
    private async Task<string> ArrangeAsync()
    {
        await using var db = await newsroom.OpenDbAsync();
        var front = chance.Next(2) == 0 ? Front.OfThePaper : (await OneOfAsync(db.Sections)).Id;
        HashSet<int> pinned = [];
        List<Container> containers = [];
        for (var number = chance.Next(4); number >= 0; number--)
        {
            containers.Add(new()
            {
                Key = $"{number}",
                Title = $"Container {chance.Next(100)}",
                Layout = OneOf(Enum.GetValues<ContainerLayout>()),
                Size = chance.Next(1, 8),
                Pins = await PinsAsync(db, pinned),
                Fill = new()
                {
                    By = OneOf(Enum.GetValues<BackfillBy>()),
                    SectionId = chance.Next(2) == 0 ? (await OneOfAsync(db.Sections)).Id : null,
                    TopicId = chance.Next(3) == 0 ? (await OneOfAsync(db.Topics)).Id : null,
                    Kind = chance.Next(3) == 0 ? OneOf(Enum.GetValues<StoryKind>()) : null,
                },
            });
        }

        DateTimeOffset? at = chance.Next(3) == 0 ? newsroom.Clock.GetUtcNow().AddMinutes(chance.Next(1, 600)) : null;
        await newsroom.ArrangeAsync(new() { Containers = chance.Next(8) == 0 ? [] : containers }, front, at);
        return $"arranged front {front}{(at is null ? "" : $" for {at:HH:mm}")}";
    }

    private async Task<IReadOnlyList<PinnedCard>> PinsAsync(NewsroomDb db, HashSet<int> pinned)
    {
        List<PinnedCard> pins = [];
        for (var number = chance.Next(4); number > 0; number--)
        {
            var story = await AnyStoryAsync();
            if (pinned.Add(story))
                pins.Add(new() { StoryId = story, Headline = chance.Next(2) == 0 ? $"On the front {chance.Next(100)}" : "", PictureId = chance.Next(2) == 0 ? await AnyPictureAsync(db) : null, HidesStandfirst = chance.Next(3) == 0 });
        }

        return pins;
    }

    private async Task<string> TakeBackFrontAsync()
    {
        await using var db = await newsroom.OpenDbAsync();
        var now = newsroom.Clock.GetUtcNow();
        if (await db.FrontVersions.Where(v => v.PublishAt > now && v.TakenBackAt == null).OrderBy(v => v.Id).FirstOrDefaultAsync() is not { } waiting)
            return "nothing";

        await newsroom.Services.GetRequiredService<FrontDesk>().TakeBackAsync(waiting.FrontId, waiting.Id);
        return $"took version {waiting.Id} back";
    }

    private async Task<string> ChangePictureAsync()
    {
        if (chance.Next(3) == 0)
            return await InDbAsync("took a picture in", db => Task.FromResult(db.Add(new Picture { FileHash = Convert.ToHexStringLower(Guid.NewGuid().ToByteArray()).PadLeft(64, '0'), FileName = "a.jpg", Format = "jpeg", Width = 1600, Height = 900, Bytes = 1, Colour = "#808080" })));

        return await InDbAsync("changed a picture", async db =>
        {
            if (await AnyPictureAsync(db) is not { } id)
                return;

            var picture = await db.Pictures.SingleAsync(p => p.Id == id);
            picture.Credit = $"Credit {chance.Next(100)}";
            picture.RightsUntil = chance.Next(2) == 0 ? newsroom.Clock.GetUtcNow().AddMinutes(chance.Next(1, 300)) : null;
        });
    }

    private async Task<string> WithLiveAsync(string what, Func<int, Task> act)
    {
        await using var db = await newsroom.OpenDbAsync();
        var live = await db.Stories.Live(newsroom.Clock.GetUtcNow()).OrderBy(s => s.Id).Select(s => s.Id).ToListAsync();
        var id = OneOf(live);
        await act(id);
        return $"{what} {id}";
    }

    private async Task<string> InDbAsync(string what, Func<NewsroomDb, Task> act)
    {
        await using var db = await newsroom.OpenDbAsync();
        await act(db);
        await db.SaveChangesAsync();
        return what;
    }

    private async Task<int> AnyStoryAsync()
    {
        await using var db = await newsroom.OpenDbAsync();
        // The demo edition's and the newest, so that links meet.
        return OneOf(await db.Stories.OrderByDescending(s => s.Id).Select(s => s.Id).Take(30).ToListAsync());
    }

    private async Task<int?> AnyPictureAsync(NewsroomDb db)
    {
        var ids = await db.Pictures.OrderBy(p => p.Id).Select(p => p.Id).ToListAsync();
        return ids.Count == 0 ? null : OneOf(ids);
    }

    private async Task<T> OneOfAsync<T>(IQueryable<T> all) where T : class => OneOf(await all.ToListAsync());

    private T OneOf<T>(IReadOnlyList<T> all) => all[chance.Next(all.Count)];

    private static int? Number(string variable) => int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var number) ? number : null;
}
