using AngleSharp.Dom;
using LondonDefender.Sections;
using LondonDefender.Staff;
using LondonDefender.Stories;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Tests.Stories.Listing;

/// <summary>The newsroom's list: what its address asks for, and the searches that somebody keeps.</summary>
public sealed class StoryListTests(StaffedNewsroom newsroom) : IClassFixture<StaffedNewsroom>
{
    [Theory]
    [InlineData("topic=floods", "filed")]
    [InlineData("topic=High Water", "filed")]
    [InlineData("writer=Idris Quill", "filed")]
    [InlineData("owner=me", "mine")]
    [InlineData("owner=nobody&state=draft", "")]
    [InlineData("pending=yes", "waiting")]
    [InlineData("state=due", "due")]
    [InlineData("published-from=2026-03-12&published-to=2026-03-12", "due")]
    [InlineData("saved-from=2026-03-11", "")]
    [InlineData("saved-to=2026-03-10&sort=published-oldest", "filed,due")]
    [InlineData("sort=saved-oldest", "filed,mine,waiting,due")]
    [InlineData("topic=nowhere", null)]
    [InlineData("published-from=soon", null)]
    [InlineData("state=happy", null)]
    [InlineData("set=4711", null)]
    public async Task An_address_asks_for_stories(string query, string? expected)
    {
        var word = await StoriesAsync();

        var page = await newsroom.Editor.OpenAsync($"/desk?words={word}&{query}");

        if (expected is null)
            Assert.NotNull(page.QuerySelector("[role=alert]"));
        else
            Assert.Equal(expected, string.Join(',', Headlines(page).Select(headline => headline.Split(' ')[1])));
    }

    [Theory]
    [InlineData("")]
    [InlineData("sort=saved-oldest")]
    [InlineData("sort=published")]
    [InlineData("sort=published-oldest")]
    public async Task Page_by_page_every_story_comes_once(string sort)
    {
        // Saved and published at one moment, so that only their numbers tell them apart.
        await using var own = new Newsroom();
        await own.InitializeAsync();
        for (var story = 0; story < StoryListing.PageSize + 3; story++)
            await own.PublishAsync(Edition.Told($"Many {story}", "One."));
        using var editor = await own.SignInAsync(Role.Editor);

        var first = await editor.OpenAsync("/desk?" + sort);
        var second = await editor.OpenAsync(first.QuerySelector("a[rel=next]")!.GetAttribute("href")!);

        var all = Headlines(first).Concat(Headlines(second)).ToList();
        Assert.Equal(StoryListing.PageSize + 3, all.Distinct().Count());
        Assert.Equal(all.Count, all.Distinct().Count());
        Assert.Null(second.QuerySelector("a[rel=next]"));
        Assert.Equal(sort.EndsWith("oldest", StringComparison.Ordinal) ? "Many 0" : $"Many {StoryListing.PageSize + 2}", all[0]);
    }

    [Fact]
    public async Task A_search_is_kept_named_moved_and_removed()
    {
        using var editor = await newsroom.SignInAsync(Role.Editor);
        await newsroom.Desk.BeginAsync(await newsroom.IdOfAsync(editor), Edition.Told("Kept and counted", "One."));

        await KeepAsync(editor, "/desk?words=&state=draft&owner=me&after=x", "My drafts");
        await KeepAsync(editor, "/desk?words=ferry", "Ferries");
        var kept = await editor.OpenAsync("/desk?owner=me&state=draft");

        Assert.Equal(["All stories", "My drafts 1", "Ferries"], Tabs(kept));
        Assert.StartsWith("My drafts", kept.QuerySelector(".searches [aria-current]")!.TextContent.Trim(), StringComparison.Ordinal);
        Assert.Equal("/desk?state=draft&owner=me", kept.QuerySelector(".searches [aria-current]")!.GetAttribute("href"));

        var twice = await KeepAsync(editor, "/desk?words=ferry", "Ferries again");
        Assert.Contains("You keep this search already, as “Ferries”", twice, StringComparison.Ordinal);

        await ChangeAsync(editor, "Ferries", "up");
        await ChangeAsync(editor, "Ferries", "rename", "Boats");
        Assert.Equal(["All stories", "Boats", "My drafts 1"], Tabs(await editor.OpenAsync("/desk")));

        await ChangeAsync(editor, "Boats", "remove");
        Assert.Equal(["All stories", "My drafts 1"], Tabs(await editor.OpenAsync("/desk")));
        Assert.DoesNotContain("My drafts 1", Tabs(await newsroom.Chief.OpenAsync("/desk")));
    }

    [Fact]
    public async Task Nobody_changes_the_searches_of_somebody_else()
    {
        using var editor = await newsroom.SignInAsync(Role.Editor);
        await KeepAsync(editor, "/desk?words=harbour", "Harbour");
        await using var db = await newsroom.OpenDbAsync();
        var person = await newsroom.IdOfAsync(editor);
        var id = await db.SavedSearches.Where(s => s.PersonId == person).Select(s => s.Id).SingleAsync();

        await KeepAsync(newsroom.Chief, "/desk?words=chief", "The chief’s own");
        await newsroom.Chief.OpenAsync("/desk");
        await newsroom.Chief.SendFormAsync("/desk", new() { ["_handler"] = $"search-{id}", ["Change.Id"] = $"{id}", ["Change.Act"] = "remove" });

        Assert.Equal(["All stories", "Harbour"], Tabs(await editor.OpenAsync("/desk")));
    }

    /// <returns>A word that only these stories have.</returns>
    private async Task<string> StoriesAsync()
    {
        var word = "w" + Guid.NewGuid().ToString("N")[..8];
        await using (var db = await newsroom.OpenDbAsync())
        {
            if (!await db.TopicSynonyms.AnyAsync())
            {
                db.Add(new TopicSynonym { Slug = "high-water", TopicId = Edition.Floods, Name = "High water" });
                await db.SaveChangesAsync();
            }
        }

        await newsroom.PublishAsync(Edition.Told($"{word} filed", "One.") with { TopicIds = [Edition.Floods], WriterIds = [Edition.Idris] });
        await newsroom.Desk.BeginAsync(await newsroom.IdOfAsync(newsroom.Editor), Edition.Told($"{word} mine", "One."));
        await newsroom.Desk.BeginAsync(await newsroom.IdOfAsync(newsroom.Writer), Edition.Told($"{word} waiting", $"One.\n\nREAD MORE: {word} comes one day\n\nTwo."));
        var due = await newsroom.Desk.BeginAsync(await newsroom.IdOfAsync(newsroom.Writer), Edition.Told($"{word} due", "One."));
        Assert.IsType<StoryOutcome.Done>(await newsroom.Desk.PublishAsync(due, 1, Edition.Morning.AddDays(2)));
        return word;
    }

    private static List<string> Headlines(IDocument page) => [.. page.QuerySelectorAll(".story-list tbody th").Select(row => row.TextContent.Trim())];

    private static List<string> Tabs(IDocument page) =>
        [.. page.QuerySelectorAll(".searches a").Select(tab => string.Join(' ', tab.TextContent.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries)))];

    private static async Task<string> KeepAsync(StaffMember member, string address, string name)
    {
        await member.OpenAsync(address);
        var answer = await member.SendFormAsync(address, new() { ["_handler"] = "keep-search", ["Kept.Name"] = name });
        return await answer.Content.ReadAsStringAsync();
    }

    private static async Task ChangeAsync(StaffMember member, string name, string act, string? newName = null)
    {
        var form = (await member.OpenAsync("/desk")).QuerySelectorAll(".search-tools form").Single(f => f.TextContent.Contains($"Remove: {name}", StringComparison.Ordinal));
        string Value(string field) => form.QuerySelector($"[name='{field}']")!.GetAttribute("value")!;
        var answer = await member.SendFormAsync("/desk", new() { ["_handler"] = Value("_handler"), ["Change.Id"] = Value("Change.Id"), ["Change.Name"] = newName ?? Value("Change.Name"), ["Change.Act"] = act });
        Assert.True(answer.IsSuccessStatusCode);
    }
}
