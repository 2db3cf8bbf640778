using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using LondonDefender.Stories;
using LondonDefender.Stories.Revisions;
using LondonDefender.Tests.Pictures;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace LondonDefender.Tests.Stories;

public sealed class RevisionsTests(StaffedNewsroom newsroom) : IClassFixture<StaffedNewsroom>
{
    private const string ThreeParagraphs = "One.\n\nTwo.\n\nThree.";

    private RevisionDesk Revisions => newsroom.Services.GetRequiredService<RevisionDesk>();

    [Fact]
    public async Task All_are_listed_newest_first_with_who_when_and_why()
    {
        var id = await BeginAsync("Ferry fares rise", ThreeParagraphs);
        await SaveAsync(newsroom.Editor, id, 1, "One, begun", isAutosave: true);
        await SaveAsync(newsroom.Editor, id, 2, "One, and done.", isAutosave: true);
        await PublishAsync(id, 3);
        await SaveAsync(newsroom.Chief, id, 3, "One, put right.");
        newsroom.Clock.MoveBy(TimeSpan.FromHours(1));
        await PublishAsync(id, 4, "The figure was wrong.");
        await SaveAsync(newsroom.Chief, id, 4, "One, put right, and more.");

        var page = await newsroom.Editor.OpenAsync($"/desk/stories/{id}/revisions");
        var rows = page.QuerySelectorAll(".revisions > li").Select(Words).ToList();

        Assert.Equal(["Revision 5", "Revision 4", "Revision 3", "Revision 1"], page.QuerySelectorAll(".revisions > li div > p:first-child > a").Select(Words));
        Assert.Contains(newsroom.Chief.Name, rows[0], StringComparison.Ordinal);
        Assert.DoesNotContain("Readers", rows[0], StringComparison.Ordinal);
        Assert.Contains("Readers have it since 10 March 2026", rows[1], StringComparison.Ordinal);
        Assert.Contains("“The figure was wrong.”", rows[1], StringComparison.Ordinal);
        Assert.Contains("saved by itself", rows[2], StringComparison.Ordinal);
        Assert.Matches("Readers had it from 10 March 2026, [0-9:]+ GMT to 10 March 2026, [0-9:]+ GMT", rows[2]);
    }

    [Fact]
    public async Task They_are_paged()
    {
        var id = await BeginAsync("Saved often", "0");
        for (var number = 1; number <= RevisionListing.PageSize + 2; number++)
            await SaveAsync(newsroom.Editor, id, number, $"Saved {number} times.");

        var first = await newsroom.Editor.OpenAsync($"/desk/stories/{id}/revisions");
        var second = await newsroom.Editor.OpenAsync(first.QuerySelector("a[rel=next]")!.GetAttribute("href")!);

        Assert.Equal(RevisionListing.PageSize, first.QuerySelectorAll(".revisions > li").Length);
        Assert.Equal(["Revision 3", "Revision 2", "Revision 1"], second.QuerySelectorAll(".revisions > li div > p:first-child > a").Select(Words));
        Assert.Null(second.QuerySelector("a[rel=next]"));
    }

    [Fact]
    public async Task What_changed_between_any_two_is_told_in_words_headlines_and_names()
    {
        var (ferry, market) = (await BeginAsync("Last ferry leaves Ansty quay", "F"), await BeginAsync("Night market opens", "M"));
        var picture = await newsroom.PasteInAsync("quay.jpg");
        var id = await newsroom.Desk.BeginAsync(null, new StoryText
        {
            Headline = "Fares rise by 4 per cent",
            SectionId = Edition.World,
            TopicIds = [Edition.Floods],
            WriterIds = [Edition.Maud],
            RelatedIds = [ferry],
            Copy = $"One.\n\nREAD MORE: story:{ferry}\n\nThe [market](story:{market}) opens.",
        });
        await newsroom.RewriteAsync(id, text => text with { Copy = text.Copy + "\n\nFour." });
        await newsroom.RewriteAsync(id, text => text with
        {
            Headline = "Fares rise by 14 per cent",
            SectionId = Edition.Britain,
            TopicIds = [Edition.Floods, Edition.Harbour],
            WriterIds = [Edition.Idris],
            RelatedIds = [market],
            PictureId = picture,
            PictureCaption = "The quay at dusk",
            Copy = $"One.\n\nREAD MORE: story:{market}\n\nThe [market](story:{ferry}) opens.\n\nFour.",
        });
        await newsroom.Desk.EmbargoAsync(id, newsroom.Clock.GetUtcNow().AddDays(1));

        var page = await newsroom.Editor.OpenAsync($"/desk/stories/{id}/revisions?show=1&with=3");

        Assert.Equal("From revision 1 to revision 3", Words(page.QuerySelector("#compared-title")!));
        Assert.Equal(("4", "14"), Change(page, "Headline"));
        Assert.Equal(("World", "Britain"), Change(page, "Section"));
        Assert.Equal(("Maud Ferrier", "Idris Quill"), Change(page, "Byline"));
        Assert.Contains("Harbour", Change(page, "Topics").Added, StringComparison.Ordinal);
        Assert.Equal(("“Last ferry leaves Ansty quay”", "“Night market opens”"), Change(page, "Related stories"));
        Assert.Contains("quay.jpg", Change(page, "Main picture").Added, StringComparison.Ordinal);
        Assert.Contains("until", Change(page, "Embargo").Added, StringComparison.Ordinal);
        Assert.Equal(3, Part(page, "Copy").QuerySelectorAll(".paragraph-change").Length);
        Assert.Contains("Night market opens", Change(page, "Copy").Added, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"story:\d|picture:\d", Words(page.QuerySelector("#compared")!));

        Assert.Equal(["Copy"], (await newsroom.Editor.OpenAsync($"/desk/stories/{id}/revisions?show=2")).QuerySelectorAll(".difference h3").Select(Words));
        Assert.Contains("has no revision 99", Words((await newsroom.Editor.OpenAsync($"/desk/stories/{id}/revisions?show=99")).QuerySelector("#compared")!), StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_field_of_a_text_is_forgotten()
    {
        var picture = await newsroom.PasteInAsync();
        var empty = new StoryText();
        var full = new StoryText
        {
            Kind = StoryKind.Opinion,
            Headline = "a",
            FrontHeadline = "b",
            SearchHeadline = "c",
            ShareHeadline = "d",
            Standfirst = "e",
            Kicker = "f",
            Slug = "g",
            Dateline = "h",
            CreditLine = "i",
            Copy = "j",
            Backstory = "k",
            PictureId = picture,
            PictureAlt = "l",
            PictureCaption = "m",
            SectionId = Edition.World,
            TopicIds = [Edition.Floods],
            WriterIds = [Edition.Maud],
            RelatedIds = [await BeginAsync("Related", "R")],
        };
        foreach (var property in typeof(StoryText).GetProperties().Where(property => property.CanWrite))
            Assert.False(Equals(property.GetValue(empty), property.GetValue(full)), $"{property.Name} is not tried here.");

        var putBack = RevisionPart.All.Aggregate(empty, (text, part) => part.PutBack(text, full));
        await using var db = await newsroom.OpenDbAsync();
        var names = await NamesInTexts.OfAsync(db, [empty, full], TestContext.Current.CancellationToken);

        Assert.True(putBack.SaysTheSameAs(full));
        Assert.All(RevisionPart.All, part => Assert.NotEqual(part.InWords(empty, names), part.InWords(full, names)));
    }

    [Fact]
    public async Task A_whole_text_is_put_back_as_a_new_revision_and_none_is_changed()
    {
        var id = await BeginAsync("As it was", ThreeParagraphs);
        await newsroom.RewriteAsync(id, text => text with { Headline = "As it became", Copy = "Else.", Kicker = "New" });
        var before = await newsroom.StoryAsync(id);

        var page = await RestoreAsync(newsroom.Editor, id, from: 1, against: 2, seen: 2, RestoreOrder.Whole);
        var story = await newsroom.StoryAsync(id);

        Assert.Equal("Revision 3 was made, restored from revision 1.", Words(page.QuerySelector("[role=status]")!));
        Assert.Contains("Restored from revision 1", Words(page.QuerySelector(".revisions > li")!), StringComparison.Ordinal);
        Assert.Equal(("As it was", ThreeParagraphs, ""), (story.Draft.Headline, story.Draft.Copy, story.Draft.Kicker));
        Assert.Equal(3, story.RevisionNumber);
        foreach (var revision in before.Revisions)
            Assert.True(revision.Text.SaysTheSameAs(story.Revisions.Single(r => r.Number == revision.Number).Text));

        var again = await RestoreAsync(newsroom.Editor, id, from: 1, against: 3, seen: 3, RestoreOrder.Whole);
        Assert.Contains("nothing was changed", Words(again.QuerySelector("[role=status]")!), StringComparison.Ordinal);
        Assert.Equal(3, (await newsroom.StoryAsync(id)).RevisionNumber);
    }

    [Fact]
    public async Task One_field_or_one_paragraph_is_put_back_alone()
    {
        var id = await BeginAsync("As it was", ThreeParagraphs);
        await newsroom.RewriteAsync(id, text => text with { Headline = "As it became", Kicker = "New", Copy = "One, changed.\n\nThree, changed." });

        await RestoreAsync(newsroom.Editor, id, from: 1, against: 2, seen: 2, "headline");
        Assert.Equal(("As it was", "New", "One, changed.\n\nThree, changed."), await DraftAsync(id));

        var page = await newsroom.Editor.OpenAsync($"/desk/stories/{id}/revisions?show=3&with=1");
        var two = page.QuerySelectorAll(".paragraph-change button").ToList();
        Assert.NotEmpty(two);
        await newsroom.RewriteAsync(id, text => text with { Copy = "One, changed.\n\nTwo and a half.\n\nThree, changed." });
        await newsroom.RewriteAsync(id, text => text with { Copy = "One, changed.\n\nThree, changed." });
        // What became of the paragraph between two old revisions is undone in the newest.
        await RestoreAsync(newsroom.Editor, id, from: 4, against: 5, seen: 5, RestoreOrder.Paragraph(0));

        Assert.Equal(("As it was", "New", "One, changed.\n\nTwo and a half.\n\nThree, changed."), await DraftAsync(id));
        Assert.Equal((4, "a paragraph"), (await newsroom.StoryAsync(id)).Revisions.Where(r => r.Number == 6).Select(r => (r.RestoredFrom!.Value, r.RestoredPart)).Single());
    }

    [Fact]
    public async Task Whoever_types_meanwhile_loses_nothing()
    {
        var id = await BeginAsync("H", ThreeParagraphs);
        await newsroom.RewriteAsync(id, text => text with { Copy = "One.\n\nTwo, rewritten.\n\nThree." });
        // Both pages were opened at revision 2. The colleague saves first; then the old paragraph is put back; then the colleague saves on.
        await SaveAsync(newsroom.Chief, id, 2, "One.\n\nTwo, rewritten.\n\nThree, by the chief.", isAutosave: true);
        var page = await RestoreAsync(newsroom.Editor, id, from: 1, against: 2, seen: 2, RestoreOrder.Paragraph(0));
        var answer = await SaveAsync(newsroom.Chief, id, 3, "One, by the chief.\n\nTwo, rewritten.\n\nThree, by the chief.", isAutosave: true);

        Assert.Contains("What was saved meanwhile is in it, too.", Words(page.QuerySelector("[role=status]")!), StringComparison.Ordinal);
        Assert.Equal("One, by the chief.\n\nTwo.\n\nThree, by the chief.", (await newsroom.StoryAsync(id)).Draft.Copy);
        Assert.Equal("One, by the chief.\n\nTwo.\n\nThree, by the chief.", answer.GetProperty("merged").GetProperty("text").GetProperty("copy").GetString());
    }

    [Fact]
    public async Task A_place_that_somebody_has_changed_since_is_not_written_over()
    {
        var id = await BeginAsync("H", ThreeParagraphs);
        await newsroom.RewriteAsync(id, text => text with { Copy = "One.\n\nTwo, rewritten.\n\nThree." });
        await SaveAsync(newsroom.Chief, id, 2, "One.\n\nTwo, by the chief.\n\nThree.");

        foreach (var part in new[] { RestoreOrder.Paragraph(0), RestoreOrder.Whole, RestoreOrder.Paragraph(7), "no such part" })
        {
            var page = await RestoreAsync(newsroom.Editor, id, from: 1, against: 2, seen: 2, part);
            Assert.Contains("nothing was overwritten", Words(page.QuerySelector("[role=alert]")!), StringComparison.Ordinal);
        }

        Assert.Equal("One.\n\nTwo, by the chief.\n\nThree.", (await newsroom.StoryAsync(id)).Draft.Copy);
        Assert.Contains("cannot be found", (await Revisions.RestoreAsync(id, new(99, 1, 3, RestoreOrder.Whole), await newsroom.IdOfAsync(newsroom.Editor))).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_colleagues_revisions_and_those_of_published_stories_are_closed_to_writers()
    {
        var writer = await newsroom.IdOfAsync(newsroom.Writer);
        var (theirs, own) = (await BeginAsync("The minister resigns", "Known to three."), await newsroom.Desk.BeginAsync(writer, Edition.Told("Own", "Own words.")));
        await newsroom.RewriteAsync(theirs, text => text with { Copy = "Known to four." });

        var page = await newsroom.Writer.GetAsync($"/desk/stories/{theirs}/revisions");
        Assert.Equal(HttpStatusCode.Forbidden, page.StatusCode);
        Assert.DoesNotContain("Known to", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await newsroom.Writer.OpenAsync("/desk");
        await newsroom.Writer.SendFormAsync($"/desk/stories/{theirs}/revisions", Form(1, 2, 2, RestoreOrder.Whole));
        Assert.Equal("Known to four.", (await newsroom.StoryAsync(theirs)).Draft.Copy);

        Assert.Equal(HttpStatusCode.OK, (await newsroom.Writer.GetAsync($"/desk/stories/{own}/revisions")).StatusCode);
        await newsroom.Desk.PublishAsync(own, 1);
        Assert.Equal(HttpStatusCode.Forbidden, (await newsroom.Writer.GetAsync($"/desk/stories/{own}/revisions")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await newsroom.Editor.GetAsync("/desk/stories/999999/revisions")).StatusCode);
    }

    [Fact]
    public async Task The_database_keeps_what_was_published_for_ever()
    {
        var id = await newsroom.PublishAsync(Edition.Told("Once public", "P."));
        await newsroom.RewriteAsync(id, text => text with { Copy = "Later." });
        await newsroom.Desk.PublishAsync(id, 2);
        await newsroom.RewriteAsync(id, text => text with { Copy = "Not published." });
        await using var db = await newsroom.OpenDbAsync();

        var refusal = await Assert.ThrowsAsync<PostgresException>(() => db.Revisions.Where(r => r.StoryId == id && r.Number == 1).ExecuteDeleteAsync());
        Assert.Contains("is kept for ever", refusal.MessageText, StringComparison.Ordinal);
        Assert.Equal(1, await db.Revisions.Where(r => r.StoryId == id && r.Number == 3).ExecuteDeleteAsync());

        var takenBack = await newsroom.Desk.BeginAsync(null, Edition.MarketOpens);
        await newsroom.Desk.PublishAsync(takenBack, 1, newsroom.Clock.GetUtcNow().AddDays(1));
        await newsroom.Desk.TakeScheduleBackAsync(takenBack);
        Assert.IsType<StoryOutcome.Done>(await newsroom.Desk.SpikeAsync(takenBack));
    }

    private Task<int> BeginAsync(string headline, string copy) => newsroom.Desk.BeginAsync(null, Edition.Told(headline, copy));

    private static async Task<JsonElement> SaveAsync(StaffMember person, int id, int basedOn, string copy, bool isAutosave = false)
    {
        var answer = await person.CallAsync(HttpMethod.Put, $"/desk/stories/{id}", new { basedOn, isAutosave, takesMerge = true, headline = "H", copy, standfirst = "What happened, in a sentence.", sectionId = Edition.World });
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    private async Task PublishAsync(int id, int revision, string reason = "") =>
        Assert.IsType<StoryOutcome.Done>(await newsroom.Desk.PublishAsync(id, revision, isSubstantive: false, reason: reason));

    private static async Task<IDocument> RestoreAsync(StaffMember person, int id, int from, int against, int seen, string part)
    {
        await person.OpenAsync($"/desk/stories/{id}/revisions");
        var answer = await person.SendFormAsync($"/desk/stories/{id}/revisions", Form(from, against, seen, part));
        return await new HtmlParser().ParseDocumentAsync(await answer.Content.ReadAsStringAsync());
    }

    private static Dictionary<string, string> Form(int from, int against, int seen, string part) => new()
    {
        ["_handler"] = "restore",
        ["Form.From"] = $"{from}",
        ["Form.Against"] = $"{against}",
        ["Form.Seen"] = $"{seen}",
        ["Form.Part"] = part,
    };

    private async Task<(string Headline, string Kicker, string Copy)> DraftAsync(int id)
    {
        var draft = (await newsroom.StoryAsync(id)).Draft;
        return (draft.Headline, draft.Kicker, draft.Copy);
    }

    private static IElement Part(IDocument page, string name) => page.QuerySelectorAll(".difference").Single(part => Words(part.QuerySelector("h3")!) == name);

    private static (string Removed, string Added) Change(IDocument page, string name) =>
        (Told(Part(page, name), "del", "[taken out: "), Told(Part(page, name), "ins", "[put in: "));

    private static string Told(IElement part, string element, string said) =>
        string.Join(" ", part.QuerySelectorAll(element).Select(told => Words(told).Replace(said, "", StringComparison.Ordinal).TrimEnd(']')));

    private static string Words(IElement element) => string.Join(' ', element.TextContent.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries));
}
