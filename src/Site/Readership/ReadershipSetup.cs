using LondonDefender.Data;
using LondonDefender.Paper;
using LondonDefender.Paper.PaperCache;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace LondonDefender.Readership;

/// <summary>What readers read and which links they follow, in sums a day; and links that open at once.</summary>
public static class ReadershipSetup
{
    private const int ShownOfEach = 10;

    public static void AddReadership(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<Tally>();
        builder.Services.AddSingleton<ReaderRequests>();
        builder.Services.AddSingleton<MostReadOnFront>();
        builder.Services.AddSingleton<TallyWriter>();
        builder.Services.AddHostedService(services => services.GetRequiredService<TallyWriter>());
    }

    /// <summary>Stands before whatever answers, so that a page counts the same whether it was made or kept.</summary>
    public static void UseReadership(this WebApplication app)
    {
        var counter = new ReadCounter(app.Services.GetRequiredService<ReaderRequests>(), app.Services.GetRequiredService<Tally>());
        app.Use((http, next) => AttendAsync(http, next, counter));
    }

    public static void MapReadership(this IEndpointRouteBuilder app)
    {
        app.MapMethods("/most-read", PageRoutes.Reading, OpenMostReadAsync).IsKeptPage();
        app.MapGet(SpeculationRules.Address, SpeculationRules.Answer).AllowAnonymous();
        app.MapPost("/followed/{from:int}/{block:int}/{to:int}", Followed).AllowAnonymous()
            .WithMetadata(new RequestSizeLimitAttribute(1024));
    }

    private static async Task<IResult> OpenMostReadAsync(NewsroomDb db, PaperFrames frames, CancellationToken ct)
    {
        var frame = await frames.DrawAsync(ct);
        frame.Notes.Reads(PageKey.Stories);
        frame.Notes.GoodUntil(frame.Now + MostReadOnFront.Kept);
        return new RazorComponentResult<MostReadPage>(new
        {
            Frame = frame,
            Today = await MostRead.NowAsync(db, frame.Clock, frame.Now, ShownOfEach, ct),
            Week = await MostRead.ThisWeekAsync(db, frame.Clock, frame.Now, ShownOfEach, ct),
            Followed = await MostRead.FollowedThisWeekAsync(db, frame.Clock, frame.Now, ShownOfEach, ct),
        });
    }

    /// <summary>Each answer of this endpoint with a story in it is a read of the story that its address names as {id}.</summary>
    public static TBuilder CountsReads<TBuilder>(this TBuilder endpoint) where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(new StoryIsRead());

    private static async Task AttendAsync(HttpContext http, RequestDelegate next, ReadCounter counter)
    {
        var isStory = http.GetEndpoint()?.Metadata.GetMetadata<StoryIsRead>() is not null;
        if (isStory || http.Request.Path == "/")
            http.Response.OnStarting(NameRulesAsync, http.Response);

        await next(http);

        if (!isStory || !IsThePage(http.Response) || http.GetRouteValue("id") is not string id || !int.TryParse(id, out var story))
            return;

        if (http.Features.Get<PageNotes>() is { } notes)
            notes.WhenGivenOut = reader => counter.Count(reader.Request, story);
        else
            counter.Count(http.Request, story);
    }

    /// <summary>With a page that is there only: one that was never live answers like an address that never was.</summary>
    private static Task NameRulesAsync(object response)
    {
        if (IsThePage((HttpResponse)response))
            ((HttpResponse)response).Headers[SpeculationRules.Header] = SpeculationRules.HeaderValue;
        return Task.CompletedTask;
    }

    private static bool IsThePage(HttpResponse response) => response.StatusCode is StatusCodes.Status200OK or StatusCodes.Status304NotModified;

    /// <summary>Nobody reads the answer to a ping, and whether it was believed is nobody's business.</summary>
    private static IResult Followed(int from, int block, int to, HttpRequest request, ReaderRequests requests, Tally tally)
    {
        if (from != to && block is >= FollowAddress.LaterOnThisStory and < 1000 && requests.IsPing(request, from, to))
            tally.LinkFollowed(from, block, to);

        return TypedResults.NoContent();
    }

    private sealed record StoryIsRead;

    private sealed record ReadCounter(ReaderRequests Requests, Tally Tally)
    {
        public void Count(HttpRequest request, int story)
        {
            if (Requests.IsRead(request))
                Tally.PageAsked(story, Requests.CameFrom(request), ReaderRequests.SendsPings(request));
        }
    }
}
