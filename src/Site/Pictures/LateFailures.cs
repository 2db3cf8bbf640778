using System.Collections.Concurrent;

namespace LondonDefender.Pictures;

/// <summary>What the tools could not make a moment ago, so that they are not sent at it again with every reader who asks.</summary>
internal sealed class LateFailures(TimeProvider clock)
{
    /// <summary>Beyond that failures are forgotten at once: the tools get more work, and memory stays what it is.</summary>
    private const int Most = 1_000;

    private readonly ConcurrentDictionary<string, (string Reason, DateTimeOffset Until)> known = new();

    public void Remember(string what, string reason, TimeSpan howLong)
    {
        var now = clock.GetUtcNow();
        if (known.Count >= Most)
        {
            foreach (var (old, failure) in known)
            {
                if (failure.Until <= now)
                    known.TryRemove(old, out _);
            }
        }

        if (known.Count < Most)
            known[what] = (reason, now + howLong);
    }

    public string? WhyNot(string what) => known.TryGetValue(what, out var failure) && failure.Until > clock.GetUtcNow() ? failure.Reason : null;
}
