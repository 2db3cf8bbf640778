namespace LondonDefender.Tests.Wire;

/// <summary>A clock at which something happens when it is asked for the n-th time, so that an import meets it midway.</summary>
public sealed class CountingClock(TimeProvider clock, int happensAt, Action happen) : TimeProvider
{
    private int asked;

    public override DateTimeOffset GetUtcNow()
    {
        if (++asked == happensAt)
            happen();

        return clock.GetUtcNow();
    }
}
