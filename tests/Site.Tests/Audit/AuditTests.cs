using System.Net;
using LondonDefender.Audit;
using LondonDefender.Staff;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace LondonDefender.Tests.Audit;

public sealed class AuditTests(StaffedNewsroom newsroom) : IClassFixture<StaffedNewsroom>
{
    /// <summary>Tables whose changes the log does not tell, and where else they can be read.</summary>
    private static readonly Dictionary<string, string> NotTold = new()
    {
        ["revisions"] = "are the story's own history",
        ["story_topics"] = "follow from the published revision",
        ["story_bylines"] = "follow from the published revision",
        ["read_more_links"] = "follow from the copy",
        ["known_headlines"] = "follow from the copy",
        ["picture_uses"] = "follow from the copy",
        ["search_entries"] = "follow from the published revision",
        ["search_words"] = "follow from the published revision",
        ["story_reads"] = "are what readers do",
        ["story_follows"] = "are what readers do",
        ["protection_keys"] = "are the program's own",
        ["user_claims"] = "are not used",
        ["user_tokens"] = "are secrets; that a second step was switched on or off is told",
        ["audit_entries"] = "are the log",
        ["fronts"] = "are drafts; what is published of them is told",
        ["front_pictures"] = "follow from the published arrangement",
        ["topic_synonyms"] = "lead to the topic, whose pages show them",
        ["former_slugs"] = "follow from the name that was changed or merged, which is told",
        ["old_addresses"] = "came in with another paper, which has its report",
        ["moved_stories"] = "came in with another paper, which has its report",
        ["import_runs"] = "are reports of their own",
        ["saved_searches"] = "are somebody's own",
        ["mail_wishes"] = "are somebody's own",
        ["notices"] = "are somebody's own",
        ["passage_comments"] = "stand beside the text",
        ["story_progress"] = "is told by its steps",
        ["draft_links"] = "are listed with the story",
    };

    [Fact]
    public async Task Every_table_is_told_of_or_left_out_for_a_reason()
    {
        await using var db = await newsroom.OpenDbAsync();
        string[] told = ["stories", "corrections", "banners", "front_versions", "sections", "topics", "writers", "pictures", "paper_settings", "users", "invitations", "user_passkeys", "user_logins", "visits", "story_steps"];

        var tables = db.Model.GetEntityTypes().Where(type => !type.IsMappedToJson()).Select(type => type.GetTableName()!).Distinct();

        Assert.Equal(tables.Order(StringComparer.Ordinal), told.Concat(NotTold.Keys).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_an_editor_gives_to_readers_and_takes_from_them_stands_in_the_log_under_their_name()
    {
        var id = await newsroom.Desk.BeginAsync(null, Edition.Told("A tunnel under the river", "It leaks."));
        await newsroom.Editor.OpenAsync("/desk");
        await newsroom.Editor.CallAsync(HttpMethod.Post, $"/desk/stories/{id}/publish", new { basedOn = 1 });
        await newsroom.Editor.CallAsync(HttpMethod.Post, $"/desk/stories/{id}/withdraw", new { });
        await newsroom.Editor.CallAsync(HttpMethod.Post, $"/desk/stories/{id}/bring-back", new { });

        await using var db = await newsroom.OpenDbAsync();
        var entries = await db.AuditEntries.Where(e => e.Subject == AuditSubject.Story && e.SubjectId == id).OrderBy(e => e.Id).ToListAsync();

        Assert.Equal(["published “A tunnel under the river” as revision 1, for 10 Mar 2026 09:00 UTC", "withdrew “A tunnel under the river”", "brought back “A tunnel under the river”"], entries.Select(e => e.Words));
        Assert.All(entries, e => Assert.Equal(newsroom.Editor.Name, e.By));
    }

    [Fact]
    public async Task A_kill_a_mark_a_spike_and_eyes_that_were_spared_stand_in_the_log()
    {
        var live = await newsroom.PublishAsync(Edition.Told("Named in court", "One."));
        var draft = await newsroom.Desk.BeginAsync(null, Edition.Told("Nobody’s draft", "One."));
        await newsroom.Chief.OpenAsync("/desk");
        foreach (var (call, order) in new (string, object)[] { ("proceedings", new { areActive = true }), ("withdraw", new { }), ("kill", new { reason = "The court" }), ("revive", new { }), ("proceedings", new { areActive = false }) })
            (await newsroom.Chief.CallAsync(HttpMethod.Post, $"/desk/stories/{live}/{call}", order)).EnsureSuccessStatusCode();
        (await newsroom.Chief.CallAsync(HttpMethod.Post, $"/desk/stories/{draft}/second-eyes", new { basedOn = 1, reason = "It burns." })).EnsureSuccessStatusCode();
        (await newsroom.Chief.CallAsync(HttpMethod.Post, $"/desk/stories/{draft}/spike", new { basedOn = 1 })).EnsureSuccessStatusCode();

        await using var db = await newsroom.OpenDbAsync();
        Task<List<string>> ToldOfAsync(int id) => db.AuditEntries.Where(e => e.Subject == AuditSubject.Story && e.SubjectId == id).OrderBy(e => e.Id).Select(e => e.Words).ToListAsync();

        Assert.Equal(
            ["marked “Named in court”: proceedings are active", "withdrew “Named in court”", "killed “Named in court”", "took back the kill of “Named in court”", "took off the mark of active proceedings from “Named in court”"],
            await ToldOfAsync(live));
        Assert.Equal(["let revision 1 go out without a second pair of eyes: “It burns.”", "spiked “Nobody’s draft”"], await ToldOfAsync(draft));
    }

    [Fact]
    public async Task Settings_are_told_with_what_they_were_and_what_they_are()
    {
        await newsroom.Chief.OpenAsync("/desk/settings");
        await newsroom.Chief.SendFormAsync("/desk/settings", new() { ["_handler"] = "settings", ["Form.Name"] = "The Evening Defender", ["Form.Language"] = "en-GB", ["Form.TimeZone"] = "Europe/London", ["Form.Labels"] = "READ MORE" });

        var words = await WordsAsync(AuditSubject.Settings);

        Assert.Contains("name: “London Defender” → “The Evening Defender”", Assert.Single(words), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_comes_joins_leaves_and_changes_is_told()
    {
        using var writer = await newsroom.SignInAsync(Role.Writer);
        await newsroom.Chief.OpenAsync("/desk/people");
        var id = await newsroom.IdOfAsync(writer);
        await newsroom.Chief.SendFormAsync("/desk/people", new() { ["_handler"] = $"role-{id}", ["Change.Id"] = $"{id}", ["Change.Role"] = "Editor" });
        for (var guess = 0; guess < 5; guess++)
            await StaffMember.SignInAsync(newsroom.Address, writer.Name, "not the password");

        var people = await WordsAsync(AuditSubject.Person);
        var signIns = await WordsAsync(AuditSubject.SignIn);

        Assert.Contains("joined the newsroom as writer", people);
        Assert.Contains($"made {writer.Name} editor", people);
        Assert.Contains(signIns, words => words.StartsWith("signed in by password", StringComparison.Ordinal));
        await using var db = await newsroom.OpenDbAsync();
        Assert.True(await db.AuditEntries.AnyAsync(e => e.By == writer.Name && e.Words.StartsWith("signed in")));
        Assert.Contains(signIns, words => words.StartsWith($"locked the name of {writer.Name}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_change_of_the_password_is_no_change_of_sections()
    {
        using var writer = await newsroom.SignInAsync(Role.Writer);
        await writer.OpenAsync("/desk/own-sign-in");
        await writer.SendFormAsync("/desk/own-sign-in", new() { ["_handler"] = "password", ["Password.Present"] = StaffMember.Password, ["Password.Next"] = "a sentence quite unlike it" });

        var told = (await WordsAsync(AuditSubject.SignIn)).Concat(await WordsAsync(AuditSubject.Person)).Where(words => words.Contains(writer.Name, StringComparison.Ordinal)).ToList();

        Assert.Contains($"chose a new password for {writer.Name}", told);
        Assert.DoesNotContain(told, words => words.StartsWith("changed the sections", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_merge_which_nobody_can_undo_is_told_with_who_did_it()
    {
        await newsroom.Chief.OpenAsync("/desk/topics");
        await newsroom.Chief.SendFormAsync($"/desk/merge/topic/{Edition.Harbour}?into={Edition.Floods}", new() { ["_handler"] = "merge", ["Into"] = $"{Edition.Floods}" });

        await using var db = await newsroom.OpenDbAsync();
        var entry = await db.AuditEntries.SingleAsync(e => e.Words.StartsWith("merged"));
        Assert.Equal(("merged the topic “Harbour” into “Floods”", newsroom.Chief.Name), (entry.Words, entry.By));
    }

    [Theory]
    [InlineData("UPDATE audit_entries SET words = 'nothing'")]
    [InlineData("DELETE FROM audit_entries")]
    [InlineData("TRUNCATE audit_entries")]
    public async Task Nobody_changes_the_log_not_even_in_the_database(string sql)
    {
        await using var db = await newsroom.OpenDbAsync();

        var refused = await Assert.ThrowsAsync<PostgresException>(() => db.Database.ExecuteSqlRawAsync(sql));

        Assert.Contains("never changed", refused.MessageText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_log_is_filtered_and_paged_and_its_file_is_words_to_a_spreadsheet()
    {
        using var trickster = await JoinAsync("=1+1", "trickster");
        await trickster.OpenAsync("/desk/topics");
        for (var number = 0; number < 52; number++)
            await trickster.SendFormAsync("/desk/topics", new() { ["_handler"] = "new-topic", ["Form.Name"] = $"The \"great\" flood, {number}" });

        var page = await newsroom.Chief.OpenAsync("/desk/audit?what=filing&words=great");
        var older = await newsroom.Chief.OpenAsync(page.QuerySelector("a[rel=next]")!.GetAttribute("href")!);
        var file = await newsroom.Chief.GetAsync("/desk/audit/file?what=filing&words=great");
        var lines = (await file.Content.ReadAsStringAsync()).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(50, page.QuerySelectorAll("table.audit tbody tr").Length);
        Assert.Equal(2, older.QuerySelectorAll("table.audit tbody tr").Length);
        Assert.Equal(53, lines.Length);
        Assert.EndsWith(",\"'=1+1\",\"sections, topics, writers\",,\"added the topic “The \"\"great\"\" flood, 51”\"", lines[1], StringComparison.Ordinal);
        Assert.Contains("no-store", file.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("?who=99999999999&what=everything&from=yesterday&to=0001-01-01&before=-3")]
    [InlineData("?words=%25%5F%5C")]
    [InlineData("?from=9999-12-31&to=9999-12-31")]
    public async Task A_question_that_makes_no_sense_is_answered(string question)
    {
        Assert.Equal(HttpStatusCode.OK, (await newsroom.Chief.GetAsync("/desk/audit" + question)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await newsroom.Chief.GetAsync("/desk/audit/file" + question)).StatusCode);
    }

    private async Task<StaffMember> JoinAsync(string name, string signsInAs)
    {
        await using var scope = newsroom.Services.CreateAsyncScope();
        var staff = scope.ServiceProvider.GetRequiredService<StaffDesk>();
        await staff.AcceptAsync(await staff.InviteAsync(name, Role.Editor), signsInAs, name, StaffMember.Password);
        return await StaffMember.SignInAsync(newsroom.Address, signsInAs);
    }

    private async Task<List<string>> WordsAsync(AuditSubject subject)
    {
        await using var db = await newsroom.OpenDbAsync();
        return await db.AuditEntries.Where(e => e.Subject == subject).OrderBy(e => e.Id).Select(e => e.Words).ToListAsync();
    }
}
