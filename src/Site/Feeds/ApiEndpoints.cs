using System.Globalization;
using System.Text.Json.Nodes;
using LondonDefender.Data;
using LondonDefender.Paper;
using LondonDefender.Stories;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;

namespace LondonDefender.Feeds;

/// <summary>The read API: what readers may see, for other people's programs. Anybody may ask, from any page.</summary>
public static class ApiEndpoints
{
    private static readonly string OpenApiFile = Path.Combine(AppContext.BaseDirectory, "Feeds", "openapi.json");

    public static void MapApi(this IEndpointRouteBuilder app)
    {
        app.MapMethods("/api", PageRoutes.Reading, ExplainAsync).IsPage();
        app.MapMethods("/api/openapi.json", PageRoutes.Reading, DescribeAsync).IsForPrograms();
        app.MapMethods("/api/stories", PageRoutes.Reading, ListAsync).IsForPrograms();
        app.MapMethods("/api/stories/{id}", PageRoutes.Reading, OpenAsync).IsForPrograms();
    }

    /// <summary>A page that scripts of other sites may read too. It brings no cookie and asks for none, so there is nothing to steal.</summary>
    public static RouteHandlerBuilder IsForPrograms(this RouteHandlerBuilder endpoint) =>
        endpoint.IsPage().AddEndpointFilter((context, next) =>
        {
            var headers = context.HttpContext.Response.Headers;
            headers.AccessControlAllowOrigin = "*";
            headers.AccessControlExposeHeaders = "ETag, Link";
            headers["X-Robots-Tag"] = "noindex";
            return next(context);
        }).IsDear();

    private static async Task<IResult> ExplainAsync(PaperFrames frames, CancellationToken ct) =>
        new RazorComponentResult<ApiPage>(new { Frame = await frames.DrawAsync(ct) });

    private static async Task<IResult> DescribeAsync(PaperFrames frames, CancellationToken ct)
    {
        var frame = await frames.DrawAsync(ct);
        var description = JsonNode.Parse(await File.ReadAllTextAsync(OpenApiFile, ct))!;
        description["info"]!["title"] = $"{frame.Settings.Name}: read API";
        description["servers"] = new JsonArray(new JsonObject { ["url"] = frame.Origin });
        description["externalDocs"]!["url"] = frame.Absolute("/api");
        return PrintedFile.Answer(JsonPrint.Of(description), "application/json");
    }

    private static async Task<IResult> ListAsync([AsParameters] StoriesAsked asked, HttpContext http, NewsroomDb db, PaperFrames frames, CancellationToken ct)
    {
        var frame = await frames.DrawAsync(ct);
        if (ApiShape.Asked(asked.Shape, http) is not { } shape)
            return ApiShape.Unknown;

        var (live, problem) = await asked.ReadAsync(db, frame, ct);
        if (problem is not null)
            return Problem(StatusCodes.Status400BadRequest, "That cannot be answered", problem);

        var size = asked.PageSize!.Value;
        var page = await live.NewestFirst().Take(size + 1).Select(s => new { s.Id, s.PublishAt }).ToListAsync(ct);
        int[] ids = [.. page.Take(size).Select(s => s.Id)];
        var stories = await StoryInFull.FindAsync(db, frame, db.Stories.Live(frame.Now).Where(s => ids.Contains(s.Id)).NewestFirst(), ct);
        var next = page.Count > size ? frame.Absolute(AddressAfter(http.Request, new PlaceInList(page[size - 1].PublishAt!.Value, page[size - 1].Id).ToString())) : null;
        if (next is not null)
            http.Response.Headers.Link = $"<{next}>; rel=\"next\"";

        return shape.Print(stories, frame, frame.Absolute(http.Request.Path + http.Request.QueryString), next);
    }

    private static async Task<IResult> OpenAsync(string id, string? shape, HttpContext http, NewsroomDb db, PaperFrames frames, CancellationToken ct)
    {
        var frame = await frames.DrawAsync(ct);
        if (ApiShape.Asked(shape, http) is not { } asked)
            return ApiShape.Unknown;
        if (!int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return Problem(StatusCodes.Status404NotFound, "No such story", "A story’s id is a whole number.");

        return await StoryInFull.FindAsync(db, frame, db.Stories.Live(frame.Now).Where(s => s.Id == number), ct) is [var story]
            ? asked.Print(story, frame)
            : await GoneOrNeverAsync(db, frame, number, ct);
    }

    /// <summary>As the story's page answers: 410 for what readers once had, 404 for what they never had.</summary>
    private static async Task<IResult> GoneOrNeverAsync(NewsroomDb db, PaperFrame frame, int id, CancellationToken ct)
    {
        if (!await db.Stories.Withdrawn(frame.Now).AnyAsync(s => s.Id == id, ct))
            return Problem(StatusCodes.Status404NotFound, "No such story", $"There is no story {id} for readers.");

        var successor = (await Successors.OfAsync(db, [id], ct)).TryGetValue(id, out var next) && await db.Stories.Live(frame.Now).AnyAsync(s => s.Id == next, ct)
            ? StoryInFull.IdOf(next, frame)
            : null;
        return TypedResults.Problem($"The editors have taken story {id} out of the paper. Please take it out of yours too.", statusCode: StatusCodes.Status410Gone, title: "Story withdrawn",
            extensions: successor is null ? null : new Dictionary<string, object?> { ["successor"] = successor });
    }

    private static ProblemHttpResult Problem(int status, string title, string sentence) => TypedResults.Problem(sentence, statusCode: status, title: title);

    private static string AddressAfter(HttpRequest request, string key)
    {
        var query = request.Query.Where(q => !q.Key.Equals("after", StringComparison.OrdinalIgnoreCase)).Append(new("after", key));
        return request.Path + QueryString.Create(query);
    }
}

/// <summary>The shapes stories come in: ninjs for newsrooms, JSON Feed for feed readers.</summary>
public sealed record ApiShape(string Name, string MediaType)
{
    private static readonly ApiShape AsNinjs = new("ninjs", Ninjs.MediaType);
    private static readonly ApiShape AsJsonFeed = new("jsonfeed", FeedFormat.Json.MediaType);

    public static IResult Unknown => TypedResults.Problem("“shape” is ninjs or jsonfeed.", statusCode: StatusCodes.Status400BadRequest, title: "That cannot be answered");

    /// <summary>By its name in the address, else by what the program accepts; null for a name nobody knows.</summary>
    public static ApiShape? Asked(string? name, HttpContext http)
    {
        http.Response.Headers.Vary = HeaderNames.Accept;
        if (!string.IsNullOrEmpty(name))
            return new[] { AsNinjs, AsJsonFeed }.FirstOrDefault(shape => shape.Name == name);

        return http.Request.GetTypedHeaders().Accept.Any(type => type.MediaType == AsJsonFeed.MediaType) ? AsJsonFeed : AsNinjs;
    }

    public IResult Print(IReadOnlyList<StoryInFull> stories, PaperFrame frame, string address, string? next) => Answer(this == AsJsonFeed
        ? JsonPrint.Of(JsonFeed.Of(FeedOf(stories, frame), address, next))
        : JsonPrint.Of(List(stories, frame, next)));

    public IResult Print(StoryInFull story, PaperFrame frame) => Answer(this == AsJsonFeed
        ? JsonPrint.Of(JsonFeed.Of(FeedOf([story], frame), StoryInFull.IdOf(story.Story.Id, frame)))
        : JsonPrint.Of(Ninjs.Of(story, frame)));

    private static JsonObject List(IReadOnlyList<StoryInFull> stories, PaperFrame frame, string? next)
    {
        // Also when there are none: a program counts on the list.
        var list = new JsonObject { ["stories"] = Json.List(stories.Select(story => Ninjs.Of(story, frame))) };
        if (next is not null)
            list["next"] = next;

        return list;
    }

    private IResult Answer(byte[] file) => PrintedFile.Answer(file, $"{MediaType}; charset=utf-8");

    private static Feed FeedOf(IReadOnlyList<StoryInFull> stories, PaperFrame frame) =>
        Feed.Of(frame, "/", frame.Settings.Name, frame.Settings.About, [.. stories.Select(story => story.AsFeedItem(frame))]);
}
