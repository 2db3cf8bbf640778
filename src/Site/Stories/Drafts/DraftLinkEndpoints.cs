using System.Globalization;
using System.Security.Claims;
using LondonDefender.Copy;
using LondonDefender.Data;
using LondonDefender.Desk;
using LondonDefender.Paper;
using LondonDefender.Pictures;
using LondonDefender.ReadMore;
using LondonDefender.Staff;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace LondonDefender.Stories.Drafts;

/// <summary>
/// Links to a draft are made and revoked on its editing page. Who has one reads the draft, and gets nowhere else by it; to everybody else,
/// and once it is dead, it is an address that never was. What the front door says of these addresses keeps them out of caches and logs.
/// </summary>
public static class DraftLinkEndpoints
{
    public static void MapDraftLinks(this IEndpointRouteBuilder app)
    {
        app.MapGet("/desk/stories/{id:int}/draft-links", ListAsync).RequireAuthorization().WithMetadata(new NewsroomCall());
        var calls = app.MapGroup("/desk/stories/{id:int}").RequireAuthorization().WithMetadata(new NewsroomCall()).RequireFormToken();
        calls.MapPost("/draft-links", MakeAsync);
        calls.MapDelete("/draft-links/{link:int}", RevokeAsync);

        app.MapMethods("/drafts/{token}", PageRoutes.Reading, OpenAsync).AllowAnonymous().WithMetadata(new RequestTimeoutAttribute(PageRoutes.TimeLimit)).IsDear();
        app.MapMethods("/drafts/{token}/pictures/{hash}/{file}", PageRoutes.Reading, PictureAsync)
            .AllowAnonymous().WithMetadata(new RequestTimeoutAttribute(PageRoutes.TimeLimit), new PageRoutes.FromDarkroom());
    }

    private static async Task<IResult> ListAsync(int id, ClaimsPrincipal who, NewsroomDb db, TimeProvider clock, CancellationToken ct) =>
        await MayWriteAsync(db, id, who, ct) ? await ListOfAsync(db, id, clock, ct) : NotYours();

    private static async Task<IResult> ListOfAsync(NewsroomDb db, int id, TimeProvider clock, CancellationToken ct) => new RazorComponentResult<DraftLinkList>(new
    {
        Links = await DraftLinkDesk.OfStoryAsync(db, id, ct),
        Clock = new PaperClock((await db.SettingsAsync(ct)).Zone),
        Now = clock.GetUtcNow(),
    });

    private static async Task<IResult> MakeAsync(
        int id, DraftLinkOrder order, ClaimsPrincipal who, HttpRequest request, NewsroomDb db, DraftLinkDesk links, IOptions<PaperOptions> paper, CancellationToken ct)
    {
        if (await db.Stories.AsNoTracking().SingleOrDefaultAsync(s => s.Id == id, ct) is not { } story || !who.MayWriteIn(story))
            return NotYours();
        if (story.WithdrawnAt is not null)
            return Refused(new("draft-for", "The story was withdrawn, and no link opens it now. Bring it back first."));

        var (forWhom, lasts) = (PlainWords.OneLine(order.ForWhom), TimeSpan.FromHours(Math.Clamp(order.Hours, 0, 10_000)));
        if (DraftLink.WhyNot(forWhom, lasts) is { } obstacle)
            return Refused(obstacle);

        var token = await links.MakeAsync(id, forWhom, lasts, who.Id(), ct);
        return TypedResults.Json(new { address = $"{paper.Value.Origin ?? $"{request.Scheme}://{request.Host}"}{PageRoutes.Drafts}/{token}", forWhom });
    }

    private static async Task<IResult> RevokeAsync(int id, int link, ClaimsPrincipal who, NewsroomDb db, DraftLinkDesk links, CancellationToken ct)
    {
        if (!await MayWriteAsync(db, id, who, ct))
            return NotYours();

        return await links.RevokeAsync(id, link, ct)
            ? TypedResults.Json(new { })
            : TypedResults.Json(new { problem = "This story has no such link." }, statusCode: StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> OpenAsync(
        string token, HttpContext http, IDbContextFactory<NewsroomDb> newsroom, NewsroomDb readers, DraftLinkDesk links, PaperFrames frames, CancellationToken ct)
    {
        if (await links.OpenAsync(token, isNoted: HttpMethods.IsGet(http.Request.Method), ct) is not { } draft)
            return await NotFoundEndpoint.AnswerAsync(readers, frames, ct);

        var frame = await frames.DrawAsync(ct);
        await using var db = await newsroom.CreateDbContextAsync(ct);
        var copy = CopyText.Read(draft.Story.Draft.Copy, frame.Settings.LabelsInUse);
        var cards = await ReadMoreLinks.CardsForAsync(db, draft.Story.Id, copy, frame.Now, ct);
        var view = await DraftViews.OfAsync(db, draft.Story, draft.Story.Draft, copy, cards.Uncounted(), frame.Now, $"{PageRoutes.Drafts}/{token}/pictures", ct);
        return new RazorComponentResult<DraftPage>(new { Frame = frame, View = view, Draft = draft });
    }

    private static async Task<IResult> PictureAsync(string token, string hash, string file, PictureEndpoints.Asked asked, DraftLinkDesk links, IDbContextFactory<NewsroomDb> newsroom)
    {
        if (await links.OpenAsync(token, isNoted: false, asked.Ct) is not { } draft || await InDraftAsync(newsroom, draft.Story, hash, asked) is not { } picture
            || Rendition.Read(ShownPicture.Of(picture), "", file) is not { } wanted)
            return await asked.NotFoundAsync();

        var answer = await PictureEndpoints.AnswerAsync(asked, () => asked.Renditions.OpenAsync(picture, wanted, asked.Ct), wanted.MediaType, string.Create(CultureInfo.InvariantCulture, $"{hash}-{file}"));
        asked.Http.Response.Headers.CacheControl = "no-store";
        return answer;
    }

    private static async Task<Picture?> InDraftAsync(IDbContextFactory<NewsroomDb> newsroom, Story story, string hash, PictureEndpoints.Asked asked)
    {
        var now = asked.Clock.GetUtcNow();
        await using var db = await newsroom.CreateDbContextAsync(asked.Ct);
        return await db.Pictures.AsNoTracking().Showable(now).SingleOrDefaultAsync(picture => picture.AddressHash == hash
            && db.PictureUses.Any(use => use.PictureId == picture.Id && use.StoryId == story.Id && use.RevisionNumber == story.RevisionNumber), asked.Ct);
    }

    private static async Task<bool> MayWriteAsync(NewsroomDb db, int id, ClaimsPrincipal who, CancellationToken ct) =>
        await db.Stories.AsNoTracking().SingleOrDefaultAsync(s => s.Id == id, ct) is { } story && who.MayWriteIn(story);

    private static IResult Refused(Missing obstacle) =>
        TypedResults.Json(new { problem = obstacle.Sentence, field = obstacle.Field }, statusCode: StatusCodes.Status422UnprocessableEntity);

    private static IResult NotYours() =>
        TypedResults.Json(new { problem = "You may show your own drafts only; an editor can help with others." }, statusCode: StatusCodes.Status403Forbidden);

    /// <param name="Hours">How long the link is to last.</param>
    internal sealed record DraftLinkOrder(string? ForWhom, int Hours);
}
