using LondonDefender.Copy;
using LondonDefender.Paper;
using LondonDefender.Stories;
using LondonDefender.Wire;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace LondonDefender.Tests.Wire;

public sealed class DemoEditionTests(DemoNewsroom newsroom) : IClassFixture<DemoNewsroom>
{
    [Fact]
    public async Task It_is_a_whole_newspaper()
    {
        await using var db = await newsroom.OpenDbAsync();
        var files = Directory.GetFiles(Path.Combine(SourceTree.Site, "Wire", "DemoEdition"), "*.md").Length;

        Assert.Equal(files, await db.Stories.CountAsync());
        Assert.InRange(await db.Stories.Live(newsroom.Clock.GetUtcNow()).CountAsync(), 30, 200);
        Assert.InRange(await db.Sections.CountAsync(), 7, 20);
        Assert.InRange(await db.Writers.CountAsync(), 6, 50);
        Assert.InRange(await db.Topics.CountAsync(), 10, 50);
        Assert.Empty(await db.Users.ToListAsync());
    }

    [Fact]
    public async Task Every_form_of_a_read_more_line_is_in_it()
    {
        await using var db = await newsroom.OpenDbAsync();
        var now = newsroom.Clock.GetUtcNow();
        var stories = await db.Stories.AsNoTracking().Where(s => s.PublishedNumber != null).ToListAsync();
        var byId = stories.ToDictionary(s => s.Id);
        var links = await db.ReadMoreLinks.AsNoTracking().ToListAsync();
        var copies = stories.Select(s => CopyText.Read(s.Draft.Copy, ReadMoreLabels.Default)).ToList();
        var lines = copies.SelectMany(copy => copy.Blocks).SelectMany(block => block.Lines).ToList();

        Assert.Contains(links, link => link.PinnedWording is not null);
        Assert.Contains(copies, copy => copy.Blocks.Any(block => block.Lines.Count > 1));
        Assert.Contains(lines, line => line.Target is ReadMoreTarget.Outside);
        Assert.Contains(links, link => link.ToId is null && link.Headline is not null);
        Assert.Contains(links, link => link.IsInline);
        Assert.Contains(links, link => byId.GetValueOrDefault(link.ToId ?? 0)?.StateAt(now) == StoryState.Withdrawn);
        Assert.Contains(links, link => byId.GetValueOrDefault(link.ToId ?? 0)?.StateAt(now) == StoryState.Due);
        Assert.DoesNotContain(lines, line => line.Target is ReadMoreTarget.Unusable);
        Assert.InRange(copies.SelectMany(copy => copy.Blocks).Select(block => block.Label).Distinct().Count(), 4, 6);
    }

    [Fact]
    public async Task Every_news_element_is_in_it_and_each_is_written_right()
    {
        await using var db = await newsroom.OpenDbAsync();
        var now = newsroom.Clock.GetUtcNow();
        var copies = (await db.Stories.AsNoTracking().ToListAsync()).Select(s => CopyText.Read(s.Draft.Copy, ReadMoreLabels.Default)).ToList();
        var seen = (await db.Stories.AsNoTracking().Live(now).ToListAsync()).Select(s => CopyText.Read(s.Draft.Copy, ReadMoreLabels.Default));
        var html = string.Concat(seen.SelectMany(copy => copy.Pieces(_ => false, _ => null)).OfType<CopyPiece.Prose>().Select(prose => prose.Html));

        Assert.All(copies, copy => Assert.Empty(copy.Remarks));
        Assert.All(
            ["pull-quote\" aria-hidden", "key-points", "facts", "timeline", "questions", "numbered", "table", "said"],
            element => Assert.Contains($"class=\"{element}", html, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Its_live_story_goes_on_up_to_the_moment_it_is_loaded()
    {
        await using var db = await newsroom.OpenDbAsync();
        var story = (await db.Stories.AsNoTracking().ToListAsync()).Single(s => s.Draft.Copy.Contains("::: entry", StringComparison.Ordinal));
        var entries = CopyText.Read(story.Draft.Copy, ReadMoreLabels.Default).Entries;

        var newest = new PaperClock(new PaperSettings().Zone).AtLocal(entries[0].Day.ToDateTime(entries[0].Time));
        Assert.Equal(story.UpdatedAt, newest);
        Assert.InRange(entries.Count, 8, 20);
        Assert.Equal(2, entries.Count(entry => entry.IsKey));
    }

    [Fact]
    public async Task Its_stories_were_changed_and_corrected_in_their_time()
    {
        await using var db = await newsroom.OpenDbAsync();
        var now = newsroom.Clock.GetUtcNow();
        var flood = await db.Stories.AsNoTracking().SingleAsync(s => s.Draft.Headline.StartsWith("River Haume bursts"));
        var merger = await db.Stories.AsNoTracking().SingleAsync(s => s.Draft.Headline.StartsWith("Gault & Daughters agrees"));
        var chess = await db.Stories.AsNoTracking().SingleAsync(s => s.Draft.Headline.StartsWith("Schoolgirl, 12"));

        var changes = await newsroom.ReadAsync($"/britain/{flood.Id}/x/changes");
        Assert.Equal(["Minor change", "Substantive change", "First published"], changes.QuerySelectorAll(".change-kind").Select(kind => kind.TextContent));
        Assert.All(changes.QuerySelectorAll(".changes > li").Take(2), change => Assert.NotEmpty(change.QuerySelectorAll(".change-reason, ins")));
        Assert.Equal(new TimeSpan(8, 30, 0), flood.UpdatedAt - flood.PublishAt);
        Assert.True(flood.SavedAt < now && !flood.HasUnpublishedChanges);

        Assert.NotNull((await newsroom.ReadAsync($"/business/{merger.Id}")).QuerySelector(".story-head + .correction"));
        Assert.NotNull((await newsroom.ReadAsync($"/sport/{chess.Id}")).QuerySelector(".story-body + .correction"));
        Assert.Equal(2, (await newsroom.ReadAsync("/corrections")).QuerySelectorAll(".correction-text").Length);
    }

    [Fact]
    public async Task Kinds_and_backstories_are_in_it_and_old_stories_lead_on()
    {
        await using var db = await newsroom.OpenDbAsync();
        var live = db.Stories.AsNoTracking().Live(newsroom.Clock.GetUtcNow());

        Assert.Superset(new HashSet<StoryKind> { StoryKind.Report, StoryKind.Analysis, StoryKind.Interview, StoryKind.Review, StoryKind.Obituary }, (await live.Select(s => s.Draft.Kind).ToListAsync()).ToHashSet());
        Assert.Equal(2, await live.CountAsync(s => s.Draft.Backstory != ""));
        var leadingOn = 0;
        foreach (var id in await live.Select(s => s.Id).ToListAsync())
            leadingOn += (await newsroom.ReadStoryAsync(id)).QuerySelector(".later-on") is null ? 0 : 1;
        Assert.InRange(leadingOn, 5, 40);
    }

    [Fact]
    public async Task Its_front_page_is_led_by_the_story_it_means()
    {
        var front = await newsroom.ReadAsync("/");

        Assert.Equal("Poland’s president urges NATO to step up as Russian troops move near Ukraine", front.QuerySelector(".card-lead .card-headline")!.TextContent);
        Assert.Equal("London Defender", front.QuerySelector("h1")!.TextContent);
    }

    [Fact]
    public async Task A_section_of_it_has_an_arranged_front()
    {
        var culture = await newsroom.ReadAsync("/culture");

        Assert.Equal(["First nights and last bows", "Reviews"], culture.QuerySelectorAll("main h2").Select(h => h.TextContent.Trim()).Take(2));
        Assert.Equal(2, culture.QuerySelectorAll("main .slice")[1].QuerySelectorAll(".card-headline").Length);
        var shown = culture.QuerySelectorAll("main .card-headline a").Select(a => a.GetAttribute("href")).ToList();
        Assert.Equal(shown.Distinct(), shown);
    }

    [Fact]
    public async Task Its_scheduled_story_appears_by_itself_and_is_led_to_from_then_on()
    {
        await using var db = await newsroom.OpenDbAsync();
        var now = newsroom.Clock.GetUtcNow();
        var due = await db.Stories.Where(s => s.PublishAt > now && db.ReadMoreLinks.Any(l => l.ToId == s.Id)).OrderBy(s => s.PublishAt).FirstAsync();
        var from = await db.ReadMoreLinks.Where(l => l.ToId == due.Id && db.Stories.Live(now).Any(s => s.Id == l.FromId)).Select(l => l.FromId).FirstAsync();
        Assert.Empty((await newsroom.ReadStoryAsync(from)).QuerySelectorAll($"a[href*='/{due.Id}/']"));

        newsroom.Clock.MoveTo(due.PublishAt!.Value);

        Assert.NotEmpty((await newsroom.ReadStoryAsync(from)).QuerySelectorAll($".story-body a[href*='/{due.Id}/']"));
    }

    [Fact]
    public async Task It_is_laid_over_an_empty_paper_only()
    {
        await using var db = await newsroom.OpenDbAsync();
        var before = (await db.Stories.CountAsync(), await db.FrontVersions.CountAsync());

        await newsroom.Services.GetRequiredService<DemoEdition>().LoadIntoEmptyAsync();

        Assert.Equal(before, (await db.Stories.CountAsync(), await db.FrontVersions.CountAsync()));
        Assert.Equal(2, await db.Corrections.CountAsync());
    }
}
