using System.Net;
using LondonDefender.Staff;

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
