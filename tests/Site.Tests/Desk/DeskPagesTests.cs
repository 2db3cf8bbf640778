using System.Net;
using LondonDefender.Staff;
using Microsoft.Extensions.DependencyInjection;

namespace LondonDefender.Tests.Desk;

public sealed class DeskPagesTests(StaffedNewsroom newsroom) : IClassFixture<StaffedNewsroom>
{
    [Fact]
    public async Task A_story_is_found_by_words_in_the_list_and_in_the_picker()
    {
        await newsroom.PublishAsync(Edition.FerryCloses);
        await newsroom.PublishAsync(Edition.MarketOpens);

        var listed = (await newsroom.Editor.OpenAsync("/desk?words=ansty+fer")).QuerySelectorAll(".story-list tbody th");
        var offered = (await newsroom.Editor.OpenAsync("/desk/find-story?q=ansty+fer")).QuerySelectorAll(".hit-headline");

        Assert.All(listed, row => Assert.Equal(Edition.FerryCloses.Headline, row.TextContent.Trim()));
        Assert.All(offered, hit => Assert.Equal(Edition.FerryCloses.Headline, hit.TextContent));
        Assert.NotEmpty(listed);
        Assert.NotEmpty(offered);
    }

    [Fact]
    public async Task A_story_that_is_not_there_is_answered_in_words()
    {
        var answer = await newsroom.Editor.GetAsync("/desk/stories/999999");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains("There is no such story", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_links_page_opens()
    {
        Assert.Equal(HttpStatusCode.OK, (await newsroom.Writer.GetAsync("/desk/links")).StatusCode);
    }

    [Fact]
    public async Task Someone_shut_out_while_at_work_is_led_to_the_door()
    {
        using var leaver = await newsroom.SignInAsync(Role.Writer);
        await using (var scope = newsroom.Services.CreateAsyncScope())
            await scope.ServiceProvider.GetRequiredService<StaffDesk>().SetActiveAsync(await newsroom.IdOfAsync(leaver), isActive: false);
        newsroom.Clock.MoveTo(Edition.Morning.AddMinutes(1));

        var page = await leaver.GetAsync("/desk");
        var save = await leaver.CallAsync(HttpMethod.Put, "/desk/stories/1", new { basedOn = 1 });

        Assert.Equal(HttpStatusCode.Found, page.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, save.StatusCode);
    }

    [Fact]
    public async Task What_was_typed_into_a_form_and_refused_is_shown_again()
    {
        await newsroom.Editor.OpenAsync("/desk/sections");

        var answer = await newsroom.Editor.SendFormAsync("/desk/sections", new()
        {
            ["_handler"] = "new-section",
            ["Form.Name"] = "Worldwide",
            ["Form.Slug"] = "world",
            ["Form.About"] = "Everywhere at once.",
        });

        var page = await answer.Content.ReadAsStringAsync();
        Assert.Contains("Another section has the address", page, StringComparison.Ordinal);
        Assert.Contains("Everywhere at once.", page, StringComparison.Ordinal);
    }
}
