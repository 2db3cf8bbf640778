using System.Net.Http.Json;
using System.Text.Json;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using LondonDefender.Workflow;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Tests.Workflow;

/// <summary>The work on stories as the editing page's script does it.</summary>
internal static class AtWork
{
    /// <param name="version">The progress that was seen; null for what it is now.</param>
    public static async Task<HttpResponseMessage> MoveAsync(this Newsroom newsroom, StaffMember who, int story, Stage to, string note = "", int? version = null, int? basedOn = null)
    {
        var now = await newsroom.ProgressAsync(story);
        return await who.CallAsync(HttpMethod.Post, $"/desk/stories/{story}/stage",
            new { version = version ?? now?.Version ?? 0, basedOn = basedOn ?? (await newsroom.StoryAsync(story)).RevisionNumber, to = to.ToString(), note });
    }

    public static async Task<HttpResponseMessage> AssignAsync(this Newsroom newsroom, StaffMember who, int story, int? person, string dueAt = "") =>
        await who.CallAsync(HttpMethod.Post, $"/desk/stories/{story}/assignment", new { version = (await newsroom.ProgressAsync(story))?.Version ?? 0, personId = person, dueAt });

    public static Task<HttpResponseMessage> CommentAsync(this StaffMember who, int story, string words, string copy = "", string quote = "", int? answers = null)
    {
        var at = copy.IndexOf(quote, StringComparison.Ordinal);
        return who.CallAsync(HttpMethod.Post, $"/desk/stories/{story}/comments", new { words, quote, before = copy[..at], after = copy[(at + quote.Length)..], answers });
    }

    public static Task<HttpResponseMessage> PublishAsync(this StaffMember who, int story, int basedOn) => who.CallAsync(HttpMethod.Post, $"/desk/stories/{story}/publish", new { basedOn });

    public static async Task<HttpResponseMessage> WriteAsync(this StaffMember who, int story, int basedOn, string copy, string headline = "Bridge over the Wend opens") =>
        (await who.CallAsync(HttpMethod.Put, $"/desk/stories/{story}", new { basedOn, headline, copy, sectionId = Edition.World })).EnsureSuccessStatusCode();

    /// <summary>A draft of somebody's own, in their own words; its first text is revision 1.</summary>
    public static async Task<int> DraftOfAsync(this Newsroom newsroom, StaffMember who, string headline = "Bridge over the Wend opens", string copy = "After nine years the ferry crosses for the last time.") =>
        await newsroom.Desk.BeginAsync(await newsroom.IdOfAsync(who), Edition.Told(headline, copy));

    public static async Task<StoryProgress?> ProgressAsync(this Newsroom newsroom, int story)
    {
        await using var db = await newsroom.OpenDbAsync();
        return await db.StoryProgress.AsNoTracking().SingleOrDefaultAsync(p => p.StoryId == story);
    }

    public static async Task<Stage> StageAsync(this Newsroom newsroom, int story) =>
        (await newsroom.ProgressAsync(story))?.StageBeyond((await newsroom.StoryAsync(story)).PublishedNumber) ?? Stage.Draft;

    public static async Task<IReadOnlyList<NoticeKind>> NoticesAsync(this Newsroom newsroom, StaffMember of, int story)
    {
        var person = await newsroom.IdOfAsync(of);
        await using var db = await newsroom.OpenDbAsync();
        return await db.Notices.Where(n => n.PersonId == person && n.StoryId == story).OrderBy(n => n.Id).Select(n => n.Kind).ToListAsync();
    }

    /// <summary>Where the work stands, as it is shown to somebody.</summary>
    public static async Task<IElement> WorkAsync(this StaffMember who, int story) =>
        (await new HtmlParser().ParseDocumentAsync(await (await who.GetAsync($"/desk/stories/{story}/work")).Content.ReadAsStringAsync())).QuerySelector(".stage-bar")!;

    public static async Task<string> ProblemAsync(this HttpResponseMessage answer) =>
        (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("problem").GetString()!;

    public static async Task AskForFourEyesAsync(this Newsroom newsroom, bool areAsked)
    {
        await using var db = await newsroom.OpenDbAsync();
        (await db.PaperSettings.SingleAsync()).FourEyes = areAsked;
        await db.SaveChangesAsync();
    }
}
