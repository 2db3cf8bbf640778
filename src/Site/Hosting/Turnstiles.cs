using System.Threading.RateLimiting;
using LondonDefender.Data;
using LondonDefender.Paper;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.StaticAssets;

namespace LondonDefender.Hosting;

/// <summary>
/// How many pages are made at once, for each crowd apart, so that none starves another: a few at work, a short line behind them, and a
/// clear word to everybody beyond. A place is held while an answer is made, not while somebody reads it slowly.
/// </summary>
public static class Turnstiles
{
    private enum Crowd
    {
        /// <summary>Files and health ask the database nothing; uploads come as slowly as their sender's line, and have a line of their own.</summary>
        Free,
        Readers,

        /// <summary>Readers' answers that cost many times a page: search, sitemaps, lists for programs, change logs.</summary>
        Dear,

        /// <summary>They wait for the darkroom, which bounds them itself.</summary>
        Pictures,
        Newsroom,

        /// <summary>The newsroom's doors stand open to everybody, and looking at a password costs a tenth of a second.</summary>
        NewsroomDoor,
    }

    private const int AtOnceDear = 4, AtOnceAtTheDoor = 4, AtOnceNewsroom = 16;
    private const int AtOnceReaders = NewsroomConnections.MostForReaders - AtOnceDear;
    private const int AtOncePictures = 80;

    // A reader's line moves faster than this, or does not move at all. Colleagues have something in hand that a refusal would cost them.
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(0.5), LongestWaitOfStaff = TimeSpan.FromSeconds(4);

    // Nets below the database's own limits, for work that hangs elsewhere.
    private static readonly TimeSpan LongestForPage = TimeSpan.FromSeconds(10), Longest = TimeSpan.FromSeconds(60);

    public static void AddTurnstiles(this WebApplicationBuilder builder)
    {
        builder.Services.AddRequestTimeouts(options =>
        {
            options.DefaultPolicy = EndAfter(Longest);
            options.AddPolicy(PageRoutes.TimeLimit, EndAfter(LongestForPage));
        });
        builder.Services.AddSingleton(_ => PartitionedRateLimiter.Create<HttpContext, Crowd>(http => LineOf(CrowdOf(http))));
    }

    public static void UseTurnstiles(this WebApplication app)
    {
        app.UseRequestTimeouts();
        app.Use(LetInAsync);
    }

    private static async Task LetInAsync(HttpContext http, RequestDelegate next)
    {
        using var place = await FindPlaceAsync(http);
        if (place is not { IsAcquired: true })
        {
            await Apology.TurnAwayAsync(http);
            return;
        }

        http.Response.OnStarting(() =>
        {
            place.Dispose();
            http.Features.Get<IHttpRequestTimeoutFeature>()?.DisableTimeout();
            return Task.CompletedTask;
        });
        await next(http);
    }

    private static async Task<RateLimitLease?> FindPlaceAsync(HttpContext http)
    {
        var lines = http.RequestServices.GetRequiredService<PartitionedRateLimiter<HttpContext>>();
        var place = lines.AttemptAcquire(http);
        if (place.IsAcquired)
            return place;

        place.Dispose();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted);
        patience.CancelAfter(CrowdOf(http) is Crowd.Newsroom or Crowd.NewsroomDoor ? LongestWaitOfStaff : LongestWait);
        try
        {
            return await lines.AcquireAsync(http, 1, patience.Token);
        }
        catch (OperationCanceledException) when (!http.RequestAborted.IsCancellationRequested)
        {
            return null;
        }
    }

    private static Crowd CrowdOf(HttpContext http)
    {
        var metadata = http.GetEndpoint()?.Metadata;
        var path = http.Request.Path;
        if (path.StartsWithSegments("/health") || metadata?.GetMetadata<StaticAssetDescriptor>() is not null || metadata?.GetMetadata<IRequestSizeLimitMetadata>() is not null)
            return Crowd.Free;
        if (path.StartsWithSegments("/pictures") || path.StartsWithSegments("/desk/pictures") || metadata?.GetMetadata<PageRoutes.FromDarkroom>() is not null)
            return Crowd.Pictures;
        if (path.StartsWithSegments("/desk"))
            return metadata?.GetMetadata<IAllowAnonymous>() is null ? Crowd.Newsroom : Crowd.NewsroomDoor;

        return metadata?.GetMetadata<PageRoutes.Dear>() is null ? Crowd.Readers : Crowd.Dear;
    }

    private static RateLimitPartition<Crowd> LineOf(Crowd crowd) => crowd switch
    {
        Crowd.Free => RateLimitPartition.GetNoLimiter(crowd),
        Crowd.Readers => Line(crowd, AtOnceReaders, waiting: 128),
        Crowd.Dear => Line(crowd, AtOnceDear, waiting: 16),
        Crowd.Pictures => Line(crowd, AtOncePictures, waiting: 128),
        Crowd.Newsroom => Line(crowd, AtOnceNewsroom, waiting: 64),
        Crowd.NewsroomDoor => Line(crowd, AtOnceAtTheDoor, waiting: 16),
        _ => throw new InvalidOperationException("A crowd nobody knows."),
    };

    private static RateLimitPartition<Crowd> Line(Crowd crowd, int atOnce, int waiting) => RateLimitPartition.GetConcurrencyLimiter(crowd,
        _ => new() { PermitLimit = atOnce, QueueLimit = waiting, QueueProcessingOrder = QueueProcessingOrder.OldestFirst });

    private static RequestTimeoutPolicy EndAfter(TimeSpan limit) => new()
    {
        Timeout = limit,
        TimeoutStatusCode = StatusCodes.Status503ServiceUnavailable,
        WriteTimeoutResponse = Apology.TurnAwayAsync,
    };
}
