namespace LondonDefender.Paper.PaperCache;

/// <summary>Wakes whoever waits for it; rung several times meanwhile, it wakes once.</summary>
public sealed class Bell
{
    private readonly SemaphoreSlim rung = new(0, 1);

    public void Ring()
    {
        try
        {
            rung.Release();
        }
        catch (SemaphoreFullException)
        {
            // It has been rung already.
        }
    }

    /// <summary>Returns when it is rung, or after the time given.</summary>
    public Task WaitAsync(TimeSpan longest, CancellationToken ct) => rung.WaitAsync(longest, ct);
}
