using System.Text;
using LondonDefender.Copy;
using LondonDefender.Data;
using LondonDefender.Pictures;
using LondonDefender.Stories;
using LondonDefender.Wire;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace LondonDefender.Tests.Wire;

public sealed class ImportTests(Newsroom newsroom) : IClassFixture<Newsroom>, IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("defender-import-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Front_matter_fills_the_fields_it_names()
    {
        var picked = await newsroom.PublishAsync(Edition.Told("Hand-picked for the import", "Yes."));
        Write("full.md", """
            ---
            headline: "Full front: matter"
            standfirst: Everything said.
            kind: Analysis
            front_headline: For the front
            search_headline: For searchers
            share_headline: For sharers
            backstory: |
              We asked.

              Twice.
            kicker: Test
            section: Far Afield
            slug: full-front
            dateline: Ansty
            credit: Wire Agency
            by: [Maud Ferrier, A Stranger]
            topics: [Floods, New Topic]
            related: ["HAND-PICKED for the import"]
            published: 2026-03-01T08:00:00Z
            updated: 2026-03-02T08:00:00Z
            nonsense: is passed over
            ---
            The *copy*.

            And more.
            """);

        var (result, report) = await ImportAsync();

        Assert.True(result == 0, report);
        var story = await ByHeadlineAsync("Full front: matter");
        await using var db = await newsroom.OpenDbAsync();
        Assert.Equal(("Everything said.", "Test", "full-front", "Ansty", "The *copy*.\n\nAnd more."),
            (story.Draft.Standfirst, story.Draft.Kicker, story.Draft.Slug, story.Draft.Dateline, story.Draft.Copy));
        Assert.Equal((StoryKind.Analysis, "For the front", "For searchers", "For sharers", "We asked.\n\nTwice."),
            (story.Draft.Kind, story.Draft.FrontHeadline, story.Draft.SearchHeadline, story.Draft.ShareHeadline, story.Draft.Backstory));
        Assert.Equal("A Stranger, Wire Agency", story.Draft.CreditLine);
        Assert.Equal([Edition.Maud], story.Draft.WriterIds);
        Assert.Equal(["Floods", "New Topic"], await db.Topics.Where(t => story.Draft.TopicIds.Contains(t.Id)).OrderBy(t => t.Id).Select(t => t.Name).ToListAsync());
        Assert.Equal("far-afield", await db.Sections.Where(s => s.Id == story.SectionId).Select(s => s.Slug).SingleAsync());
        Assert.Equal([picked], story.Draft.RelatedIds);
        Assert.Equal(DateTimeOffset.Parse("2026-03-01T08:00Z", null), story.PublishAt);
        Assert.Equal(DateTimeOffset.Parse("2026-03-02T08:00Z", null), story.UpdatedAt);
        Assert.Equal(2, await db.Writers.CountAsync());
    }

    [Fact]
    public async Task Wire_copy_loses_the_papers_own_masthead_and_keeps_every_accent()
    {
        var sample = Path.Combine(SourceTree.Tests, "Wire", "Samples", "wire-copy-sample.txt");

        var (result, report) = await ImportAsync(new() { Paths = [sample] });

        Assert.True(result == 0, report);
        var story = await ByHeadlineAsync("Harbour towns ask who wrote the news that emptied them");
        Assert.StartsWith("Three fishing towns", story.Draft.Copy, StringComparison.Ordinal);
        Assert.Contains("Łowarka, Saint-Évrard and Śledna", story.Draft.Copy, StringComparison.Ordinal);
        Assert.Equal(StoryState.Draft, story.StateAt(newsroom.Clock.GetUtcNow()));
        await using var db = await newsroom.OpenDbAsync();
        Assert.Equal("former minister lays bare the harbour of mirrors plot", await db.ReadMoreLinks.Where(l => l.FromId == story.Id).Select(l => l.Headline).SingleAsync());
    }

    [Theory]
    [InlineData(1252)]
    [InlineData(65001)]
    [InlineData(1200)]
    public async Task A_file_may_come_in_the_encodings_old_machines_write(int codePage)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var encoding = Encoding.GetEncoding(codePage);
        var headline = $"Café “Zoë” – closed, {codePage}";
        await File.WriteAllBytesAsync(Path.Combine(folder, "old.txt"), [.. encoding.GetPreamble(), .. encoding.GetBytes($"{headline}\r\n\r\nFor ’good’.\r\n")]);

        await ImportAsync();

        Assert.Equal("For ’good’.", (await ByHeadlineAsync(headline)).Draft.Copy);
    }

    [Fact]
    public async Task Files_that_cannot_be_read_are_named_with_the_reason_and_the_rest_goes_on()
    {
        Write("a-empty.md", "");
        Write("b-blank.txt", " \n\n\t\n");
        Write("c-binary.txt", "GIF89a\0\0\u0001");
        Write("d-yaml.md", "---\nheadline: [unfinished\n---\nCopy.");
        Write("e-unended.md", "---\nheadline: Never ends\n\nCopy.");
        Write("f-moment.md", "---\nheadline: No such moment\npublished: yesterday-ish\n---\nCopy.");
        Write("g-list.md", "---\nheadline: By a map\nby: { name: Maud Ferrier }\n---\nCopy.");
        Write("h-front-only.md", "---\nsection: world\n---\n");
        await File.WriteAllBytesAsync(Path.Combine(folder, "i-large.txt"), Encoding.ASCII.GetBytes(new string('x', 5_000_000)));
        Write("z-good.md", "---\nheadline: The good one at the end\n---\nCopy.");
        Write("passed-over.docx", "PK");

        var (result, report) = await ImportAsync(new() { Paths = [folder, Path.Combine(folder, "missing.md")] });

        Assert.Equal(1, result);
        foreach (var (file, reason) in new[]
        {
            ("a-empty.md", "no text"), ("b-blank.txt", "no text"), ("c-binary.txt", "not a text file"), ("d-yaml.md", "YAML"), ("e-unended.md", "does not end with ---"),
            ("f-moment.md", "yesterday-ish"), ("g-list.md", "line 3: a name, or a list of names, was expected"), ("h-front-only.md", "no text"), ("i-large.txt", "4 MB"), ("missing.md", "no such file"),
        })
        {
            var line = report.Split('\n').Single(l => l.Contains(file + " was left out", StringComparison.Ordinal));
            Assert.Contains(reason, line, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("docx", report, StringComparison.Ordinal);
        Assert.Contains("1 taken in, 0 here already, 10 left out.", report, StringComparison.Ordinal);
        Assert.Equal("Copy.", (await ByHeadlineAsync("The good one at the end")).Draft.Copy);
    }

    [Theory]
    [InlineData("just words", "line 2: fields such as “headline: …” were expected")]
    [InlineData("- a list", "line 2: fields such as “headline: …” were expected")]
    [InlineData("headline: X\nkicker: [one, two]", "line 3: one line of text was expected")]
    [InlineData("headline: X\nby: [[Maud], Idris]", "line 3: a name, or a list of names, was expected")]
    [InlineData("headline: X\ntopics: *nowhere", "line 3")]
    [InlineData("? [a, b]\n: c", "line 2")]
    public async Task Front_matter_of_another_shape_is_refused_in_words_of_the_newsroom(string front, string reason)
    {
        Write("shape.md", $"---\n{front}\n---\nCopy.");

        var (result, report) = await ImportAsync();

        Assert.Equal(1, result);
        Assert.Contains($"shape.md was left out: its front matter is not YAML as we know it ({reason}", report, StringComparison.Ordinal);
        Assert.DoesNotMatch("Exception|System|Scalar|Mapping|Deserial|LondonDefender|YamlDotNet|instance", report);
    }

    [Fact]
    public async Task A_kind_nobody_knows_does_not_pass_for_a_report()
    {
        Write("kind.md", "---\nheadline: Not a report\nkind: opinnion\n---\nI think.");

        var (result, report) = await ImportAsync();

        Assert.Equal(1, result);
        Assert.Contains("its “kind” is none of report, ", report, StringComparison.Ordinal);
        Assert.Contains("opinnion", report, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("by:\ntopics:\nrelated:\nkicker:", "")]
    [InlineData("by: ~\ntopics: null\nrelated: []", "")]
    [InlineData("by: \"\"\ntopics: [~, '']\nrelated: [~]", "")]
    [InlineData("by: A Guest\ntopics: Floods\nrelated: Nobody wrote this", "A Guest")]
    [InlineData("by: &who [A Guest, ~]\nrelated: *who", "A Guest")]
    [InlineData("by:\n  - A Guest\n  -", "A Guest")]
    public async Task A_list_may_be_empty_or_of_one_name(string fields, string credit)
    {
        var headline = "A list like " + PlainWords.OneLine(fields).Replace('"', ' ').Replace('\'', ' ');
        Write("list.md", $"---\nheadline: \"{headline}\"\n{fields}\n---\nCopy.");

        var (result, report) = await ImportAsync();

        Assert.True(result == 0, report);
        var story = await ByHeadlineAsync(PlainWords.OneLine(headline));
        Assert.Equal(credit, story.Draft.CreditLine);
        Assert.Equal(fields.Contains("Floods", StringComparison.Ordinal) ? [Edition.Floods] : [], story.Draft.TopicIds);
    }

    [Theory]
    [InlineData(1, "a.md was left out", 1)]
    [InlineData(5, "a.md is story", 2)]
    [InlineData(6, "a.md is story", 2)]
    public async Task A_failure_nobody_foresaw_is_of_one_file_and_the_rest_goes_on(int asked, string fate, int stories)
    {
        Write("a.md", $"---\nheadline: Fails {asked}\n---\nSee [b](story:b.md).");
        Write("b.md", $"---\nheadline: Goes on {asked}\n---\nCopy {asked}.");
        await using var report = new StringWriter();
        var clock = new CountingClock(newsroom.Clock, asked, () => throw new ArgumentNullException(nameof(asked)));

        var importer = new Importer(
            newsroom.Services.GetRequiredService<IDbContextFactory<NewsroomDb>>(), newsroom.Services.GetRequiredService<PictureIntake>(), clock, NullLogger<Importer>.Instance);
        var result = await importer.RunAsync(new() { Paths = [folder], Publish = true }, report);

        Assert.Equal(1, result);
        var line = report.ToString().Split('\n').Single(l => l.Contains(fate, StringComparison.Ordinal));
        Assert.Contains("the log tells more", line, StringComparison.Ordinal);
        Assert.DoesNotContain("null", report.ToString(), StringComparison.OrdinalIgnoreCase);
        Assert.Equal(StoryState.Live, (await ByHeadlineAsync($"Goes on {asked}")).StateAt(newsroom.Clock.GetUtcNow()));
        await using var db = await newsroom.OpenDbAsync();
        Assert.Equal(stories, await db.Stories.CountAsync(s => s.Draft.Headline == $"Fails {asked}" || s.Draft.Headline == $"Goes on {asked}"));

        Assert.Equal(0, (await ImportAsync(new() { Paths = [folder], Publish = true })).Result);
        Assert.Equal(StoryState.Live, (await ByHeadlineAsync($"Fails {asked}")).StateAt(newsroom.Clock.GetUtcNow()));
    }

    [Fact]
    public async Task The_same_copy_twice_is_one_story_wherever_it_lies()
    {
        Write("once.txt", "Told once and for all\n\nThe copy.");
        var (first, _) = await ImportAsync();
        Directory.CreateDirectory(Path.Combine(folder, "again"));
        Write("again/other-name.txt", "Told once and for all\n\nThe copy.\n");

        var (second, report) = await ImportAsync();

        Assert.Equal((0, 0), (first, second));
        Assert.Contains("0 taken in, 2 here already", report, StringComparison.Ordinal);
        await using var db = await newsroom.OpenDbAsync();
        Assert.Equal(1, await db.Stories.CountAsync(s => s.Draft.Headline == "Told once and for all"));
    }

    [Fact]
    public async Task Taking_a_file_in_again_does_not_undo_what_editors_did()
    {
        Write("edited.txt", "Before the editor came\n\nThe copy.");
        await ImportAsync(new() { Paths = [folder], Publish = true });
        var id = (await ByHeadlineAsync("Before the editor came")).Id;
        await newsroom.RewriteAsync(id, text => text with { Headline = "After the editor left" });
        await newsroom.Desk.WithdrawAsync(id);

        await ImportAsync(new() { Paths = [folder], Publish = true });

        var story = await newsroom.StoryAsync(id);
        Assert.Equal("After the editor left", story.Draft.Headline);
        Assert.NotNull(story.WithdrawnAt);
    }

    [Fact]
    public async Task Files_lead_to_each_other_by_their_names_in_both_directions()
    {
        Write("a.md", "---\nheadline: Names A\nrelated: [Names C]\n---\nOne.\n\nREAD MORE: [Pinned](story:b.md)\n\nTwo [inline](story:B.MD) and [nowhere](story:nowhere.md).");
        Write("b.md", "---\nheadline: Names B\n---\nOne.\n\nREAD MORE: story:a.md\n\nTwo.");
        Write("c.md", "---\nheadline: Names C\n---\nThree.");

        var (result, _) = await ImportAsync(new() { Paths = [folder], Publish = true });

        Assert.Equal(0, result);
        var (a, b, c) = (await ByHeadlineAsync("Names A"), await ByHeadlineAsync("Names B"), await ByHeadlineAsync("Names C"));
        Assert.Equal([c.Id], a.Draft.RelatedIds);
        var page = await newsroom.ReadStoryAsync(a.Id);
        Assert.Equal([$"/world/{b.Id}/names-b", $"/world/{b.Id}/names-b"], page.QuerySelectorAll(".story-body a").Select(link => link.GetAttribute("href")));
        Assert.Equal("Pinned", page.QuerySelector("aside.read-more a")!.TextContent.Trim());
        Assert.Equal("Names A", (await newsroom.ReadStoryAsync(b.Id)).QuerySelector("aside.read-more a")!.TextContent.Trim());
    }

    [Fact]
    public async Task File_names_that_differ_in_their_case_only_do_not_stop_the_import()
    {
        Write("same.md", "---\nheadline: Same name, small\n---\nCopy.");
        Write("SAME.md", "---\nheadline: Same name, large\n---\nSee [the first](story:same.md).");

        var (result, report) = await ImportAsync();

        Assert.True(result == 0, report);
    }

    [Theory]
    [InlineData("1", "2")]
    [InlineData("2", "1")]
    public async Task Headlines_find_each_other_across_one_batch_whatever_the_order(string first, string second)
    {
        var names = $"in batch {first}{second}";
        Write($"{first}.txt", $"The early story {names}\n\nOne.\n\nREAD MORE: The late story {names}\n\nTwo.");
        Write($"{second}.txt", $"The late story {names}\n\nOne.\n\nREAD MORE: the EARLY story {names}\n\nTwo.");

        await ImportAsync(new() { Paths = [folder], Publish = true });

        foreach (var headline in new[] { $"The early story {names}", $"The late story {names}" })
            Assert.Single((await newsroom.ReadStoryAsync((await ByHeadlineAsync(headline)).Id)).QuerySelectorAll("aside.read-more a"));
    }

    [Fact]
    public async Task Without_publish_only_stories_with_a_moment_go_to_readers()
    {
        Write("moment.md", "---\nheadline: Has a moment\npublished: 2026-02-01T10:00:00Z\n---\nCopy.");
        Write("none.md", "---\nheadline: Has none\n---\nCopy.");
        Write("local.md", "---\nheadline: Has a local one\npublished: 2026-07-01 10:00\n---\nCopy.");
        Write("gone.md", "---\nheadline: Was withdrawn\npublished: 2026-02-01T10:00:00Z\nstate: withdrawn\n---\nCopy.");
        Write("held.md", "---\nheadline: Is held\npublished: 2026-02-01T10:00:00Z\nstate: draft\n---\nCopy.");

        var (_, report) = await ImportAsync();

        var now = newsroom.Clock.GetUtcNow();
        Assert.Equal(StoryState.Live, (await ByHeadlineAsync("Has a moment")).StateAt(now));
        Assert.Equal(StoryState.Draft, (await ByHeadlineAsync("Has none")).StateAt(now));
        Assert.Equal(StoryState.Due, (await ByHeadlineAsync("Has a local one")).StateAt(now));
        Assert.Equal(DateTimeOffset.Parse("2026-07-01T09:00Z", null), (await ByHeadlineAsync("Has a local one")).PublishAt);
        Assert.Equal(StoryState.Withdrawn, (await ByHeadlineAsync("Was withdrawn")).StateAt(now));
        Assert.Equal(StoryState.Draft, (await ByHeadlineAsync("Is held")).StateAt(now));
        Assert.Contains("moment.md is story", report, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("live", "2026-02-01T10:00Z", StoryState.Live, "live")]
    [InlineData("LIVE", "2026-12-01T10:00Z", StoryState.Due, "due")]
    [InlineData("Draft", "2026-02-01T10:00Z", StoryState.Draft, "a draft")]
    [InlineData("\"draft \"", "2026-02-01T10:00Z", StoryState.Draft, "a draft")]
    [InlineData("Withdrawn", "2026-02-01T10:00Z", StoryState.Withdrawn, "withdrawn")]
    [InlineData("withdrawn", "2026-12-01T10:00Z", StoryState.Draft, "a draft still (it was withdrawn before its moment came)")]
    [InlineData("Scheduled", "2026-12-01T10:00Z", StoryState.Due, "due")]
    [InlineData("scheduled", "2026-02-01T10:00Z", StoryState.Live, "live")]
    [InlineData("", "2026-02-01T10:00Z", StoryState.Live, "live")]
    public async Task The_state_may_be_written_in_any_case(string state, string published, StoryState expected, string fate)
    {
        var headline = $"Stated {state.Trim('"')}, {published}";
        Write("stated.md", $"---\nheadline: \"{headline}\"\npublished: {published}\nstate: {state}\n---\nCopy.");

        var (result, report) = await ImportAsync(new() { Paths = [folder], Publish = true });

        Assert.Equal(0, result);
        Assert.Contains($", {fate}: Stated", report, StringComparison.Ordinal);
        Assert.Equal(expected, (await ByHeadlineAsync(PlainWords.OneLine(headline))).StateAt(newsroom.Clock.GetUtcNow()));
    }

    [Theory]
    [InlineData("wihtdrawn", "its “state” is none of live, draft, withdrawn or scheduled: wihtdrawn")]
    [InlineData("2", "its “state” is none of live, draft, withdrawn or scheduled: 2")]
    [InlineData("Live, Draft", "its “state” is none of")]
    [InlineData("scheduled", "it is scheduled, but for no moment")]
    public async Task A_state_nobody_knows_keeps_the_story_out(string state, string reason)
    {
        Write("misstated.md", $"---\nheadline: Misstated {state}\nstate: {state}\n---\nCopy.");

        var (result, report) = await ImportAsync(new() { Paths = [folder], Publish = true });

        Assert.Equal(1, result);
        Assert.Contains($"misstated.md was left out: {reason}", report, StringComparison.Ordinal);
        await using var db = await newsroom.OpenDbAsync();
        Assert.False(await db.Stories.AnyAsync(s => s.Draft.Headline == $"Misstated {state}"));
    }

    [Fact]
    public async Task With_publish_a_story_goes_out_now_into_the_section_named()
    {
        Write("now.txt", "Out with it\n\nNow.");
        Write("unfinished.md", "---\nheadline: Headline alone\n---\n");

        var (result, report) = await ImportAsync(new() { Paths = [folder], Section = "britain", Publish = true });

        Assert.Equal(0, result);
        var story = await ByHeadlineAsync("Out with it");
        Assert.Equal((Edition.Britain, newsroom.Clock.GetUtcNow()), (story.SectionId, story.PublishAt));
        Assert.Contains("unfinished.md is story", report, StringComparison.Ordinal);
        Assert.Contains("no copy yet", report, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Into_a_section_nobody_knows_nothing_is_taken()
    {
        Write("lost.txt", "Lost without a section\n\nAlas.");

        var (result, report) = await ImportAsync(new() { Paths = [folder], Section = "no-such-section" });

        Assert.Equal(1, result);
        Assert.Contains("no section “no-such-section”", report, StringComparison.Ordinal);
        await using var db = await newsroom.OpenDbAsync();
        Assert.False(await db.Stories.AnyAsync(s => s.Draft.Headline == "Lost without a section"));
    }

    [Fact]
    public async Task What_no_database_can_hold_does_not_stop_the_import()
    {
        Write("long.md", $"---\nheadline: \"{new string('h', 299)}😀 tail\"\nsection: \"{new string('s', 119)}😀\"\ntopics: [\"{new string('t', 119)}😀\"]\nkicker: \"{new string('k', 119)}😀\"\n---\nBell \u0007 and escape \u001b.");
        Write("reserved.md", "---\nheadline: Filed under search\nsection: Search\n---\nCopy.");

        var (result, report) = await ImportAsync();

        Assert.True(result == 0, report);
        Assert.Equal(Edition.World, (await ByHeadlineAsync("Filed under search")).Draft.SectionId);
        await using var db = await newsroom.OpenDbAsync();
        Assert.Equal("Bell  and escape .", await db.Stories.Where(s => s.Draft.Headline.StartsWith("hhhh")).Select(s => s.Draft.Copy).SingleAsync());
    }

    [Fact]
    public void The_command_line_is_read_as_people_write_it()
    {
        var request = ImportRequest.Read(["a.md", "--section", "world", "b", "--publish", "--Hosting:DataFolder=/srv/paper", "--Hosting:LogFormat", "json"], out var problem)!;

        Assert.Equal("", problem);
        Assert.Equal(["a.md", "b"], request.Paths);
        Assert.Equal(("world", true), (request.Section, request.Publish));
        Assert.Equal(["--Hosting:DataFolder=/srv/paper", "--Hosting:LogFormat", "json"], request.Settings);
    }

    [Theory]
    [InlineData]
    [InlineData("--publish")]
    [InlineData("a.md", "--bold")]
    public void A_command_line_that_makes_no_sense_is_answered_with_how_to_write_it(params string[] args)
    {
        Assert.Null(ImportRequest.Read(args, out var problem));

        Assert.Contains(ImportRequest.Usage, problem, StringComparison.Ordinal);
    }

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(folder, name), text);

    private async Task<(int Result, string Report)> ImportAsync(ImportRequest? request = null)
    {
        await using var report = new StringWriter();
        var result = await newsroom.Services.GetRequiredService<Importer>().RunAsync(request ?? new() { Paths = [folder] }, report);
        return (result, report.ToString());
    }

    private async Task<Story> ByHeadlineAsync(string headline)
    {
        await using var db = await newsroom.OpenDbAsync();
        return await db.Stories.AsNoTracking().SingleAsync(s => s.Draft.Headline == headline);
    }
}
