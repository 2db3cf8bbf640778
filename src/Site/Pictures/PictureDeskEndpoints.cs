using System.Security.Claims;
using LondonDefender.Data;
using LondonDefender.Desk;
using LondonDefender.Paper;
using LondonDefender.Staff;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Pictures;

/// <summary>The calls that the newsroom's script makes about pictures: sending files in, finding, choosing, a first caption.</summary>
public static class PictureDeskEndpoints
{
    private const int HitsAtOnce = 24;

    // A little above what the intake takes, so that a file somewhat too large is refused with its own sentence.
    private const long LargestRequest = PictureIntake.LargestFile + (8 << 20);

    public static void MapPictureDesk(this IEndpointRouteBuilder app)
    {
        var calls = app.MapGroup("/desk").RequireAuthorization().WithMetadata(new NewsroomCall());
        calls.MapGet("/find-picture", FindAsync);
        calls.MapGet("/pictures/{id:int}/card", ShowAsync);
        calls.MapPut("/pictures/{id:int}", DescribeAsync).RequireFormToken();
        calls.MapPost("/pictures/files", TakeInAsync).RequireFormToken().WithMetadata(new RequestSizeLimitAttribute(LargestRequest))
            // It comes as slowly as its sender's line is; who sends nothing at all is cut off by the server.
            .DisableRequestTimeout();
    }

    /// <summary>One file as the body of the request, so that it is read as it comes and its progress can be told.</summary>
    private static async Task<IResult> TakeInAsync(string? name, HttpContext http, ClaimsPrincipal who, PictureIntake intake, CancellationToken ct) =>
        await intake.TakeInAsync(http.Request.Body, name ?? "", who.Id(), ct) switch
        {
            Intake.Taken taken => TypedResults.Json(PictureAnswer.Of(taken.Picture, taken.IsNew)),
            Intake.Refused { TryAgain: true } busy => ComeAgain(http, busy.Sentence),
            Intake.Refused refused => Problem(StatusCodes.Status422UnprocessableEntity, refused.Sentence),
            _ => throw new InvalidOperationException("An intake nobody knows."),
        };

    private static async Task<IResult> FindAsync(string? q, string? after, NewsroomDb db, TimeProvider clock, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var listing = await PictureListing.FindAsync(db, new(q?.Trim() ?? "", After: after, Count: HitsAtOnce), now, ct);
        return new RazorComponentResult<PictureHits>(new { Listing = listing, Clock = new PaperClock((await db.SettingsAsync(ct)).Zone), Now = now });
    }

    private static async Task<IResult> ShowAsync(int id, NewsroomDb db, TimeProvider clock, CancellationToken ct) =>
        await db.Pictures.AsNoTracking().SingleOrDefaultAsync(p => p.Id == id, ct) is { } picture
            ? new RazorComponentResult<PictureCard>(new { Picture = picture, Clock = new PaperClock((await db.SettingsAsync(ct)).Zone), Now = clock.GetUtcNow() })
            : Gone();

    /// <summary>The words that are named are changed; the others stay.</summary>
    private static async Task<IResult> DescribeAsync(int id, Description said, ClaimsPrincipal who, PictureDesk desk, CancellationToken ct)
    {
        var outcome = await desk.RewordAsync(id, words => words with
        {
            Caption = said.Caption ?? words.Caption,
            Alt = said.Alt ?? words.Alt,
            Credit = said.Credit ?? words.Credit,
        }, by: who, ct: ct);
        return outcome switch
        {
            PictureOutcome.Done done => TypedResults.Json(PictureAnswer.Of(done.Picture)),
            PictureOutcome.NotYours => Problem(StatusCodes.Status403Forbidden, NotYours),
            PictureOutcome.Refused refused => Problem(StatusCodes.Status422UnprocessableEntity, refused.Sentence),
            _ => Gone(),
        };
    }

    public const string NotYours = "A picture that readers may have seen is an editor’s to change, and so is a colleague’s.";

    private static IResult ComeAgain(HttpContext http, string sentence)
    {
        http.Response.Headers.RetryAfter = "3";
        return Problem(StatusCodes.Status503ServiceUnavailable, sentence);
    }

    private static IResult Gone() => Problem(StatusCodes.Status404NotFound, "This picture does not exist any more.");

    private static IResult Problem(int status, string sentence) => TypedResults.Json(new { problem = sentence }, statusCode: status);

    public sealed record Description(string? Caption, string? Alt, string? Credit);

    /// <summary>A picture as the newsroom's script knows it.</summary>
    public sealed record PictureAnswer(int Id, bool IsNew, string Name, string Alt, string Caption, string Credit, string Thumb)
    {
        public static PictureAnswer Of(Picture picture, bool isNew = false)
        {
            var shown = ShownPicture.OnTheDesk(picture);
            return new(picture.Id, isNew, picture.FileName, picture.Alt, picture.Caption, picture.Credit, shown.Address(PictureCrop.Square, shown.WidthsOf(PictureCrop.Square)[0], "webp"));
        }
    }
}
