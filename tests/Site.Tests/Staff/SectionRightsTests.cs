using System.Net;
using LondonDefender.Copy;
using LondonDefender.Sections;
using LondonDefender.Staff;
using LondonDefender.Tests.Workflow;
using LondonDefender.Workflow;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace LondonDefender.Tests.Staff;

/// <summary>An editor of one section is editor there, and a writer everywhere else.</summary>
public sealed class SectionRightsTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    [Fact]
    public async Task An_editor_of_one_section_publishes_there_and_nowhere_else()
    {
        using var editor = await EditorOfAsync(Edition.World);
        var there = await newsroom.Desk.BeginAsync(null, Edition.Told("Abroad", "Copy.") with { SectionId = Edition.World });
        var elsewhere = await newsroom.Desk.BeginAsync(null, Edition.Told("At home", "Copy.") with { SectionId = Edition.Britain });

        Assert.Equal(HttpStatusCode.OK, (await editor.CallAsync(HttpMethod.Post, $"/desk/stories/{there}/publish", new { basedOn = 1 })).StatusCode);
        var refused = await editor.CallAsync(HttpMethod.Post, $"/desk/stories/{elsewhere}/publish", new { basedOn = 1 });

        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Null((await newsroom.StoryAsync(elsewhere)).PublishedNumber);
        Assert.Equal(HttpStatusCode.Forbidden, (await editor.GetAsync($"/desk/stories/{elsewhere}")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await editor.GetAsync($"/desk/stories/{there}")).StatusCode);
    }

    [Fact]
    public async Task Nobody_carries_a_live_story_off_into_their_own_section()
    {
        using var editor = await EditorOfAsync(Edition.World);
        var id = await newsroom.PublishAsync(Edition.Told("Rates rise", "Copy.") with { SectionId = Edition.Britain });
        await newsroom.RewriteAsync(id, text => text with { SectionId = Edition.World });

        Assert.Equal(HttpStatusCode.Forbidden, (await editor.CallAsync(HttpMethod.Post, $"/desk/stories/{id}/publish", new { basedOn = 2 })).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await editor.CallAsync(HttpMethod.Post, $"/desk/stories/{id}/withdraw", new { })).StatusCode);
        Assert.Equal(HttpStatusCode.Found, (await editor.GetAsync($"/desk/stories/{id}/corrections")).StatusCode);
    }

    [Fact]
    public async Task Not_even_many_at_once()
    {
        using var editor = await EditorOfAsync(Edition.World);
        var there = await newsroom.PublishAsync(Edition.Told("Abroad still", "Copy."));
        var elsewhere = await newsroom.PublishAsync(Edition.Told("At home still", "Copy.", Edition.Britain));

        await editor.SendFieldsAsync("/desk/bulk", [new("story", $"{there}"), new("story", $"{elsewhere}"), new("_handler", "bulk"), new("act", "Withdraw"), new("sure", "yes")]);
        await editor.SendFieldsAsync("/desk/bulk", [new("story", $"{there}"), new("_handler", "bulk"), new("act", "ChangeSection"), new("section", $"{Edition.Britain}"), new("reason", "Wrong desk"), new("sure", "yes")]);

        Assert.NotNull((await newsroom.StoryAsync(there)).WithdrawnAt);
        Assert.Equal(Edition.World, (await newsroom.StoryAsync(there)).SectionId);
        Assert.Null((await newsroom.StoryAsync(elsewhere)).WithdrawnAt);
    }

    [Theory]
    [InlineData("/desk/fronts/front")]
    [InlineData("/desk/banner")]
    [InlineData("/desk/sections")]
    public async Task What_belongs_to_all_sections_is_for_editors_of_all(string page)
    {
        using var ofOne = await EditorOfAsync(Edition.World);
        using var ofAll = await newsroom.SignInAsync(Role.Editor);

        Assert.Equal(HttpStatusCode.Found, (await ofOne.GetAsync(page)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await ofAll.GetAsync(page)).StatusCode);
    }

    [Fact]
    public async Task Topics_and_writers_they_may_add_and_what_other_sections_use_they_leave()
    {
        using var ofOne = await EditorOfAsync(Edition.World);
        await ofOne.SendFormAsync("/desk/topics", new() { ["_handler"] = "new-topic", ["Form.Name"] = "Straits" });
        await ofOne.SendFormAsync("/desk/writers", new() { ["_handler"] = "new-writer", ["Form.Name"] = "A. Guest" });
        await ofOne.SendFormAsync("/desk/topics", new() { ["_handler"] = "new-topic", ["Form.Id"] = $"{Edition.Harbour}", ["Form.Name"] = "Mine" });
        await ofOne.SendFormAsync("/desk/writers", new() { ["_handler"] = "new-writer", ["Form.Id"] = $"{Edition.Maud}", ["Form.Name"] = "Mine" });

        await using var db = await newsroom.OpenDbAsync();
        Assert.True(await db.Topics.AnyAsync(t => t.Name == "Straits"));
        Assert.True(await db.Writers.AnyAsync(w => w.Name == "A. Guest"));
        Assert.False(await db.Topics.AnyAsync(t => t.Name == "Mine"));
        Assert.False(await db.Writers.AnyAsync(w => w.Name == "Mine"));
        foreach (var list in new[] { "/desk/topics", "/desk/writers" })
        {
            var page = await ofOne.OpenAsync(list);
            Assert.Single(page.QuerySelectorAll("main form[method=post]"));
            Assert.Empty(page.QuerySelectorAll("main a[href*='/merge/']"));
        }
    }

    [Fact]
    public async Task My_day_and_the_board_lead_to_nothing_that_is_closed_to_them()
    {
        using var writer = await newsroom.SignInAsync(Role.Writer);
        using var editor = await EditorOfAsync(Edition.World);
        var owner = await newsroom.IdOfAsync(writer);
        var there = await newsroom.Desk.BeginAsync(owner, Edition.Told("To review abroad", "Copy.") with { SectionId = Edition.World });
        var elsewhere = await newsroom.Desk.BeginAsync(owner, Edition.Told("To review at home", "Copy.") with { SectionId = Edition.Britain });
        await writer.OpenAsync("/desk");
        foreach (var story in new[] { there, elsewhere })
            (await newsroom.MoveAsync(writer, story, Stage.InReview)).EnsureSuccessStatusCode();

        var toReview = (await editor.OpenAsync("/desk/my-day")).QuerySelector("section[aria-labelledby=to-review]")!;
        var board = await editor.OpenAsync("/desk/board");

        Assert.Contains("To review abroad", toReview.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("To review at home", toReview.TextContent, StringComparison.Ordinal);
        Assert.NotNull(board.QuerySelector($"#story-{there} form"));
        Assert.NotNull(board.QuerySelector($"#story-{elsewhere}"));
        Assert.Null(board.QuerySelector($"#story-{elsewhere} :is(form, a)"));
    }

    [Fact]
    public async Task Nobody_becomes_editor_of_all_because_their_section_is_gone()
    {
        var (first, second) = (await SectionAsync("First"), await SectionAsync("Second"));
        using var editor = await EditorOfAsync(first);
        var id = await newsroom.IdOfAsync(editor);

        Assert.Null(await newsroom.Services.GetRequiredService<NamesDesk>().MergeAsync(NamedKind.Section, first, second, default));
        await using (var db = await newsroom.OpenDbAsync())
            Assert.Equal([second], (await db.Users.SingleAsync(p => p.Id == id)).SectionIds);

        using var chief = await newsroom.SignInAsync(Role.ChiefEditor);
        await chief.OpenAsync("/desk/people");
        var answer = await chief.SendFormAsync("/desk/people", new() { ["_handler"] = $"sections-{id}", ["Change.Id"] = $"{id}", ["Change.SectionIds"] = $"{first}" });
        Assert.Contains("Those sections are gone", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await using (var db = await newsroom.OpenDbAsync())
            Assert.Equal([second], (await db.Users.SingleAsync(p => p.Id == id)).SectionIds);
    }

    private async Task<int> SectionAsync(string name)
    {
        await using var db = await newsroom.OpenDbAsync();
        var section = new Section { Name = name, Slug = Slugs.From(name), Position = 9 };
        db.Add(section);
        await db.SaveChangesAsync();
        return section.Id;
    }

    private async Task<StaffMember> EditorOfAsync(int section)
    {
        using var chief = await newsroom.SignInAsync(Role.ChiefEditor);
        var name = await newsroom.HireAsync(Role.Editor);
        var editor = await StaffMember.SignInAsync(newsroom.Address, name);
        var id = await newsroom.IdOfAsync(editor);
        await chief.OpenAsync("/desk/people");
        await chief.SendFormAsync("/desk/people", new() { ["_handler"] = $"sections-{id}", ["Change.Id"] = $"{id}", ["Change.SectionIds"] = $"{section}" });
        editor.Dispose();

        var again = await StaffMember.SignInAsync(newsroom.Address, name);
        await again.OpenAsync("/desk");
        return again;
    }
}
