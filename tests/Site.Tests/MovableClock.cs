namespace LondonDefender.Tests;

/// <summary>A clock that stands still until a test moves it; what waits for a time goes on when the clock has come there.</summary>
public sealed class MovableClock(DateTimeOffset start) : TimeProvider
{
    private readonly Lock turn = new();
    private readonly List<Alarm> alarms = [];
    private DateTimeOffset now = start;

    public override DateTimeOffset GetUtcNow() => now;

    public void MoveTo(DateTimeOffset moment)
    {
        now = moment;
        Alarm[] due;
        lock (turn)
            due = [.. alarms.Where(alarm => alarm.IsDueAt(moment))];
        foreach (var alarm in due)
            alarm.Ring(moment);
    }

    public void MoveBy(TimeSpan time) => MoveTo(now + time);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var alarm = new Alarm(this, () => callback(state));
        alarm.Change(dueTime, period);
        lock (turn)
            alarms.Add(alarm);
        return alarm;
    }

    /// <summary>Rings once however far the clock was moved, as a timer does on a machine that was asleep.</summary>
    private sealed class Alarm(MovableClock clock, Action ring) : ITimer
    {
        private DateTimeOffset? due;
        private TimeSpan period;

        public bool IsDueAt(DateTimeOffset moment) => due <= moment;

        public void Ring(DateTimeOffset moment)
        {
            due = period > TimeSpan.Zero ? moment + period : null;
            ring();
        }

        public bool Change(TimeSpan dueTime, TimeSpan newPeriod)
        {
            due = dueTime < TimeSpan.Zero ? null : clock.now + dueTime;
            period = newPeriod;
            return true;
        }

        public void Dispose()
        {
            lock (clock.turn)
                clock.alarms.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
