using System.Globalization;
using LondonDefender.Data;
using LondonDefender.Paper;
using LondonDefender.Stories;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;

namespace LondonDefender.Pictures;

/// <summary>Renditions for readers, while the paper shows the picture somewhere; and every picture for the newsroom.</summary>
public static class PictureEndpoints
{
    public static void MapPictures(this IEndpointRouteBuilder app)
    {
        app.MapMethods("/pictures/{hash}/{file}", PageRoutes.Reading, (string hash, string file, Asked asked) => ForReadersAsync(asked, hash, "", file)).IsPage();
        app.MapMethods("/pictures/{hash}/{crop}/{file}", PageRoutes.Reading, (string hash, string crop, string file, Asked asked) => ForReadersAsync(asked, hash, crop, file)).IsPage();
        app.MapMethods("/pictures/share/{story:int}/{file}", PageRoutes.Reading, ShareCardAsync).IsPage();

        app.MapGet("/desk/pictures/{hash}/{file}", (string hash, string file, Asked asked) => ForTheNewsroomAsync(asked, hash, "", file)).RequireAuthorization();
        app.MapGet("/desk/pictures/{hash}/{crop}/{file}", (string hash, string crop, string file, Asked asked) => ForTheNewsroomAsync(asked, hash, crop, file)).RequireAuthorization();
    }

    private const string ForGood = "public, max-age=31536000, immutable";

    /// <summary>Whoever keeps a copy may not show it longer than we may.</summary>
    private static string PublicUntil(DateTimeOffset? rightsUntil, DateTimeOffset now) => rightsUntil is { } until && until - now < TimeSpan.FromDays(365)
        ? string.Create(CultureInfo.InvariantCulture, $"public, max-age={Math.Max(0, (long)(until - now).TotalSeconds)}")
        : ForGood;

    /// <summary>What every answer here needs.</summary>
    internal sealed record Asked(HttpContext Http, NewsroomDb Db, PaperFrames Frames, Renditions Renditions, TimeProvider Clock, ILogger<Renditions> Log)
    {
        public static ValueTask<Asked?> BindAsync(HttpContext http)
        {
            var services = http.RequestServices;
            return ValueTask.FromResult<Asked?>(new(
                http, services.GetRequiredService<NewsroomDb>(), services.GetRequiredService<PaperFrames>(), services.GetRequiredService<Renditions>(),
                services.GetRequiredService<TimeProvider>(), services.GetRequiredService<ILogger<Renditions>>()));
        }

        public CancellationToken Ct => Http.RequestAborted;

        public Task<IResult> NotFoundAsync() => NotFoundEndpoint.AnswerAsync(Db, Frames, Ct);
    }

    private static async Task<IResult> ForReadersAsync(Asked asked, string hash, string crop, string file)
    {
        var picture = await asked.Db.PicturesOnPages(asked.Clock.GetUtcNow()).AsNoTracking().SingleOrDefaultAsync(p => p.AddressHash == hash, asked.Ct);
        if (picture is null || Rendition.Read(ShownPicture.Of(picture), crop, file) is not { } wanted)
            return await asked.NotFoundAsync();

        return await AnswerAsync(asked, () => asked.Renditions.OpenAsync(picture, wanted, asked.Ct), wanted.MediaType, $"{hash}-{crop}-{file}", PublicUntil(picture.RightsUntil, asked.Clock.GetUtcNow()));
    }

    private static async Task<IResult> ForTheNewsroomAsync(Asked asked, string hash, string crop, string file)
    {
        var picture = await asked.Db.Pictures.AsNoTracking().SingleOrDefaultAsync(p => p.AddressHash == hash, asked.Ct);
        if (picture is null || Rendition.Read(ShownPicture.Of(picture), crop, file) is not { } wanted)
            return await asked.NotFoundAsync();

        return await AnswerAsync(asked, () => asked.Renditions.OpenForTheNewsroomAsync(picture, wanted, asked.Ct), wanted.MediaType, $"{hash}-{crop}-{file}");
    }

    private static async Task<IResult> ShareCardAsync(int story, string file, Asked asked)
    {
        if (await CardOfAsync(asked, story) is not { } card || file != card.FileName)
            return await asked.NotFoundAsync();

        return await AnswerAsync(asked, () => asked.Renditions.OpenAsync(card, asked.Ct), "image/jpeg", card.FileName, ForGood);
    }

    private static async Task<ShareCard?> CardOfAsync(Asked asked, int id)
    {
        var words = await (
            from story in asked.Db.Stories.Live(asked.Clock.GetUtcNow())
            join revision in asked.Db.Revisions on new { story.Id, Number = story.PublishedNumber!.Value } equals new { Id = revision.StoryId, revision.Number }
            join section in asked.Db.Sections on story.SectionId equals section.Id
            where story.Id == id
            select new { Section = section.Name, revision.Text.Headline, revision.Text.ShareHeadline }).SingleOrDefaultAsync(asked.Ct);
        if (words is null)
            return null;

        var settings = await asked.Db.SettingsAsync(asked.Ct);
        return ShareCard.Of(settings.Name, words.Section, words.ShareHeadline.Length > 0 ? words.ShareHeadline : words.Headline);
    }

    internal static async Task<IResult> AnswerAsync(Asked asked, Func<Task<Stream>> open, string mediaType, string tag, string? forReaders = null)
    {
        try
        {
            var picture = await open();
            var headers = asked.Http.Response.Headers;
            // The editing page draws its preview anew at every pause: a picture there is fetched once, not at each of them.
            headers.CacheControl = forReaders ?? "private, max-age=86400, immutable";
            // Feed readers and those who show a link to a story put the picture on pages of their own.
            headers["Cross-Origin-Resource-Policy"] = forReaders is not null ? "cross-origin" : "same-origin";
            return TypedResults.Stream(picture, mediaType, entityTag: new EntityTagHeaderValue($"\"{tag}\""));
        }
        catch (Exception problem) when (problem is not OperationCanceledException)
        {
            return NotNow(asked, problem, mediaType);
        }
    }

    private static IResult NotNow(Asked asked, Exception problem, string mediaType)
    {
        if (problem is not (DarkroomFull or CannotMake { IsKnown: true }))
            asked.Log.LogError("A picture could not be given out: {Problem}", problem.Message);

        asked.Http.Response.Headers.CacheControl = "no-store";
        // An older libvips may write no AVIF; a page that offers it must not stay without its picture.
        if (problem is CannotMake && mediaType == "image/avif")
            return TypedResults.LocalRedirect("~" + Path.ChangeExtension(asked.Http.Request.Path.Value!, "webp"));

        asked.Http.Response.Headers.RetryAfter = "5";
        return TypedResults.Text(problem is DarkroomFull ? problem.Message : "This picture is not to be had just now.", statusCode: StatusCodes.Status503ServiceUnavailable);
    }
}
