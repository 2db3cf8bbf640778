using LondonDefender.Staff;
using LondonDefender.Stories;
using LondonDefender.Workflow;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace LondonDefender.Tests.Workflow;

public sealed class NoticesTests(StaffedNewsroom newsroom) : IClassFixture<StaffedNewsroom>
{
    private Reminders Reminders => newsroom.Services.GetRequiredService<Reminders>();

    [Fact]
    public async Task What_is_due_soon_late_and_out_is_told_once()
    {
        var story = await newsroom.DraftOfAsync(newsroom.Writer);
        var due = newsroom.Clock.GetUtcNow().AddMinutes(90);
        await newsroom.AssignAsync(newsroom.Chief, story, await newsroom.IdOfAsync(newsroom.Editor), due.ToString("yyyy-MM-dd'T'HH:mm", null));
        await Reminders.TellAsync();
        Assert.Equal([NoticeKind.Assigned], await newsroom.NoticesAsync(newsroom.Editor, story));

        newsroom.Clock.MoveTo(due.AddMinutes(-59));
        await Task.WhenAll(Reminders.TellAsync(), Reminders.TellAsync(), Reminders.TellAsync());
        Assert.Equal([NoticeKind.Assigned, NoticeKind.DueSoon], await newsroom.NoticesAsync(newsroom.Editor, story));

        newsroom.Clock.MoveTo(due.AddMinutes(1));
        await Reminders.TellAsync();
        await Reminders.TellAsync();
        Assert.Equal([NoticeKind.Assigned, NoticeKind.DueSoon, NoticeKind.Late], await newsroom.NoticesAsync(newsroom.Editor, story));

        (await newsroom.Editor.PublishAsync(story, 1)).EnsureSuccessStatusCode();
        newsroom.Clock.MoveBy(TimeSpan.FromSeconds(1));
        await newsroom.Services.GetRequiredService<PublishingClock>().TellAsync(default);
        await Reminders.TellAsync();
        await Reminders.TellAsync();
        Assert.Equal([NoticeKind.Published], await newsroom.NoticesAsync(newsroom.Writer, story));
        Assert.DoesNotContain(NoticeKind.Published, await newsroom.NoticesAsync(newsroom.Editor, story));
    }

    [Fact]
    public async Task Nothing_is_told_to_be_out_but_what_came_out()
    {
        using var chief = await newsroom.SignInAsync(Role.ChiefEditor);
        var draft = await newsroom.DraftOfAsync(newsroom.Writer, "Before the court");
        var live = await newsroom.DraftOfAsync(newsroom.Writer, "Withdrawn for an hour");
        (await newsroom.Editor.PublishAsync(live, 1)).EnsureSuccessStatusCode();
        await Reminders.TellAsync();

        await chief.OpenAsync("/desk");
        (await chief.CallAsync(HttpMethod.Post, $"/desk/stories/{draft}/proceedings", new { areActive = true })).EnsureSuccessStatusCode();
        (await chief.CallAsync(HttpMethod.Post, $"/desk/stories/{live}/withdraw", new { })).EnsureSuccessStatusCode();
        newsroom.Clock.MoveBy(TimeSpan.FromHours(1));
        (await chief.CallAsync(HttpMethod.Post, $"/desk/stories/{live}/bring-back", new { })).EnsureSuccessStatusCode();
        await Reminders.TellAsync();

        Assert.Empty(await newsroom.NoticesAsync(newsroom.Writer, draft));
        Assert.Equal([NoticeKind.Published], await newsroom.NoticesAsync(newsroom.Writer, live));
    }

    [Fact]
    public async Task What_is_ready_is_not_late()
    {
        var story = await newsroom.DraftOfAsync(newsroom.Writer);
        await newsroom.AssignAsync(newsroom.Chief, story, null, newsroom.Clock.GetUtcNow().AddMinutes(30).ToString("yyyy-MM-dd'T'HH:mm", null));
        await newsroom.MoveAsync(newsroom.Editor, story, Stage.Ready);

        newsroom.Clock.MoveBy(TimeSpan.FromHours(1));
        await Reminders.TellAsync();

        Assert.Equal([NoticeKind.MarkedReady], await newsroom.NoticesAsync(newsroom.Writer, story));
    }

    [Fact]
    public async Task The_bell_counts_until_they_are_read()
    {
        using var editor = await newsroom.SignInAsync(Role.Editor);
        var story = await newsroom.DraftOfAsync(newsroom.Writer, "Told by the bell");
        await newsroom.AssignAsync(newsroom.Chief, story, await newsroom.IdOfAsync(editor));
        var other = await newsroom.DraftOfAsync(newsroom.Writer, "Another for the bell");
        await newsroom.AssignAsync(newsroom.Chief, other, await newsroom.IdOfAsync(editor));
        Assert.Contains("2", await BellAsync(editor), StringComparison.Ordinal);

        // Whoever opens the story has been told.
        await editor.OpenAsync($"/desk/stories/{story}");
        Assert.Contains("1", await BellAsync(editor), StringComparison.Ordinal);

        var page = await editor.OpenAsync("/desk/notices");
        var unread = Assert.Single(page.QuerySelectorAll(".notices .is-new"));
        Assert.Contains($"{newsroom.Chief.Name} gave you a story: Another for the bell", string.Join(' ', unread.TextContent.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        (await editor.SendFormAsync("/desk/notices", new() { ["_handler"] = "read-all" })).EnsureSuccessStatusCode();
        Assert.DoesNotContain("unread", await BellAsync(editor), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_reads_the_notices_of_another()
    {
        var story = await newsroom.DraftOfAsync(newsroom.Writer, "For the chief alone");
        await newsroom.AssignAsync(newsroom.Editor, story, await newsroom.IdOfAsync(newsroom.Chief));
        await using var db = await newsroom.OpenDbAsync();
        var notice = await db.Notices.AsNoTracking().SingleAsync(n => n.StoryId == story);

        Assert.DoesNotContain("For the chief alone", (await newsroom.Editor.OpenAsync("/desk/notices")).Body!.TextContent, StringComparison.Ordinal);
        await newsroom.Chief.OpenAsync("/desk/notices");
        await newsroom.Editor.SendFormAsync("/desk/notices", new() { ["_handler"] = $"read-{notice.Id}", ["Notice"] = $"{notice.Id}", ["IsRead"] = "true" });

        Assert.Null((await db.Notices.AsNoTracking().SingleAsync(n => n.Id == notice.Id)).ReadAt);
    }

    [Fact]
    public async Task Without_a_server_for_mail_nobody_is_asked_about_it() =>
        Assert.Null((await newsroom.Editor.OpenAsync("/desk/notices")).QuerySelector("#mail-address"));

    private static async Task<string> BellAsync(StaffMember who) => (await who.OpenAsync("/desk/links")).QuerySelector(".bell")!.TextContent;
}
