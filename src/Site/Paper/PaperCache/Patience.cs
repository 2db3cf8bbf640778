using System.Diagnostics;
using LondonDefender.Data;
using Microsoft.AspNetCore.Http.Metadata;

namespace LondonDefender.Paper.PaperCache;

/// <summary>How long anybody waits for a database that says nothing at all. For a page that is only slow they wait on.</summary>
public sealed class Patience(ChangeWatch watch)
{
    private static readonly TimeSpan LooksUp = TimeSpan.FromSeconds(0.1), WaitsAtLeast = TimeSpan.FromSeconds(1);

    // The watch asks every second, so a reader is told within two. What is called off may be an hour's writing: there it is waited a little longer.
    private static readonly TimeSpan TooLong = TimeSpan.FromSeconds(0.85), TooLongToCallOff = TimeSpan.FromSeconds(1.2);

    /// <summary>Whether the database has owed an answer for so long that nothing of it can be waited for.</summary>
    public bool IsOver => watch.Silence >= TooLong;

    /// <summary>The work that is waited for goes on by itself, and dies of the database's own limits.</summary>
    /// <exception cref="DatabaseSilent" />
    public async Task<T> WaitAsync<T>(Task<T> work)
    {
        for (var began = Stopwatch.GetTimestamp(); !work.IsCompleted;)
        {
            await Task.WhenAny(work, Task.Delay(LooksUp));
            if (!work.IsCompleted && Stopwatch.GetElapsedTime(began) >= WaitsAtLeast && IsOver)
                throw new DatabaseSilent();
        }

        return await work;
    }

    /// <summary>For what cannot go on by itself: it is called off, which costs the driver another second or three.</summary>
    public Task CallOffAsync(HttpContext http, RequestDelegate next) => HasBoundsOfItsOwn(http) ? next(http) : WaitOrCallOffAsync(http, next);

    /// <summary>Health has looks of its own; an upload may be minutes under way, and knows the database only at its end; a page in print is waited for elsewhere.</summary>
    private static bool HasBoundsOfItsOwn(HttpContext http) =>
        http.Request.Path.StartsWithSegments("/health") || http.Features.Get<PageNotes>() is not null
        || http.GetEndpoint()?.Metadata.GetMetadata<IRequestSizeLimitMetadata>() is not null;

    private async Task WaitOrCallOffAsync(HttpContext http, RequestDelegate next)
    {
        var visitor = http.RequestAborted;
        using var callingOff = CancellationTokenSource.CreateLinkedTokenSource(visitor);
        http.RequestAborted = callingOff.Token;
        var work = next(http);
        try
        {
            for (var began = Stopwatch.GetTimestamp(); !work.IsCompleted;)
            {
                await Task.WhenAny(work, Task.Delay(LooksUp, CancellationToken.None));
                if (!work.IsCompleted && !http.Response.HasStarted && Stopwatch.GetElapsedTime(began) >= WaitsAtLeast && watch.Silence >= TooLongToCallOff)
                    await callingOff.CancelAsync();
            }

            await work;
        }
        catch (Exception) when (callingOff.IsCancellationRequested && !visitor.IsCancellationRequested)
        {
            throw new DatabaseSilent();
        }
        finally
        {
            http.RequestAborted = visitor;
        }
    }
}
