using System.Security.Claims;
using LondonDefender.Copy;
using LondonDefender.Data;
using LondonDefender.Desk;
using LondonDefender.Paper;
using LondonDefender.Staff;
using LondonDefender.Stories;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.ReadMore;

/// <summary>What the archive and the house style have to say about a text that is being written, saved or not.</summary>
public static class BesideTheTextEndpoint
{
    public static void MapBesideTheText(this IEndpointRouteBuilder app) =>
        app.MapPost("/desk/stories/{id:int}/beside", AdviseAsync).RequireAuthorization().WithMetadata(new NewsroomCall()).RequireFormToken();

    private static async Task<IResult> AdviseAsync(int id, StoryForm form, ClaimsPrincipal who, NewsroomDb db, HouseStyleFile houseStyle, TimeProvider clock, CancellationToken ct)
    {
        var story = await db.Stories.AsNoTracking().SingleOrDefaultAsync(s => s.Id == id, ct);
        if (story is null || !who.MayWriteIn(story))
            return TypedResults.Json(new { problem = "You may write in your own drafts only; an editor can help with others." }, statusCode: StatusCodes.Status403Forbidden);

        var text = form.AsText();
        var settings = await db.SettingsAsync(ct);
        var copy = CopyText.Read(text.Copy, settings.LabelsInUse);
        return new RazorComponentResult<BesideTheText>(new
        {
            story.HasActiveProceedings,
            Advice = story.HasActiveProceedings ? ArchiveAdvice.None : await ArchiveSuggestions.ForAsync(db, id, text, copy, clock.GetUtcNow(), ct),
            Remarks = settings.Language.StartsWith("en", StringComparison.OrdinalIgnoreCase) ? RemarksOn(text, houseStyle.Read()) : [],
            Clock = new PaperClock(settings.Zone),
        });
    }

    private static IReadOnlyList<(string Field, StyleRemark Remark)> RemarksOn(StoryText text, HouseStyle style) =>
    [
        .. new[] { ("headline", text.Headline), ("standfirst", text.Standfirst), ("copy", text.Copy) }.SelectMany(field => style.On(field.Item2).Select(remark => (field.Item1, remark))),
    ];
}
