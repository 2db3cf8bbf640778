using System.Diagnostics;

namespace LondonDefender.FaultTests;

/// <summary>Waits for a state, never for a time, and gives up with a sentence.</summary>
public static class Until
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>How long it took.</summary>
    public static async Task<TimeSpan> Async(string what, Func<Task<bool>> isSo, TimeSpan? patience = null)
    {
        for (var watch = Stopwatch.StartNew(); ;)
        {
            if (await isSo())
                return watch.Elapsed;
            if (watch.Elapsed > (patience ?? Patience))
                Assert.Fail($"In {watch.Elapsed.TotalSeconds:F1} seconds it was not so that {what}.");
            await Task.Delay(20);
        }
    }

    public static Task<TimeSpan> Async(string what, Func<bool> isSo, TimeSpan? patience = null) => Async(what, () => Task.FromResult(isSo()), patience);
}
