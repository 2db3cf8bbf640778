using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using LondonDefender.Paper;

namespace LondonDefender.Hosting.Checkup;

/// <param name="Description">What the newsroom calls it.</param>
/// <param name="Count">How often, in the minutes asked for; of something that goes up and down, what it is now.</param>
/// <param name="Seconds">How long it took on average, where that is measured.</param>
/// <param name="Longest">And at the longest.</param>
public sealed record Measured(string Description, long Count, double? Seconds, double? Longest);

/// <summary>The paper's own meters over the last minutes, for those without a collector. Holds a few numbers a minute.</summary>
public sealed class LastMinutes : IHostedService, IDisposable
{
    public const int Kept = 15;

    private readonly ConcurrentDictionary<Instrument, Strip> strips = new();
    private readonly MeterListener listener = new();
    private readonly TimeProvider clock;

    public LastMinutes(TimeProvider clock)
    {
        this.clock = clock;
        listener.InstrumentPublished = (instrument, all) =>
        {
            if (instrument.Meter.Name == PaperMeters.Name)
                all.EnableMeasurementEvents(instrument, strips.GetOrAdd(instrument, new Strip(isLevel: instrument is UpDownCounter<long>)));
        };
        listener.SetMeasurementEventCallback<long>((_, value, _, strip) => ((Strip)strip!).Count(Minute, value));
        listener.SetMeasurementEventCallback<double>((_, value, _, strip) => ((Strip)strip!).Time(Minute, value));
    }

    private long Minute => clock.GetUtcNow().UtcTicks / TimeSpan.TicksPerMinute;

    public IReadOnlyList<Measured> Of(int minutes) =>
        [.. strips.OrderBy(strip => strip.Key.Name, StringComparer.Ordinal).Select(strip => strip.Value.Sum(strip.Key.Description ?? strip.Key.Name, Minute, minutes))];

    public Task StartAsync(CancellationToken cancellationToken)
    {
        // What nobody has counted yet stands on the page too.
        RuntimeHelpers.RunClassConstructor(typeof(PaperMeters).TypeHandle);
        listener.Start();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => listener.Dispose();

    /// <summary>One meter, minute by minute, written over from the beginning when the end is reached.</summary>
    private sealed class Strip(bool isLevel)
    {
        private readonly Lock turn = new();
        private readonly (long Minute, long Count, double Seconds, double Longest)[] minutes = new (long, long, double, double)[Kept];
        private bool isTimed;
        private long level;

        public void Count(long minute, long value)
        {
            lock (turn)
            {
                level += value;
                At(minute).Count += value;
            }
        }

        public void Time(long minute, double seconds)
        {
            lock (turn)
            {
                isTimed = true;
                ref var now = ref At(minute);
                now.Count++;
                now.Seconds += seconds;
                now.Longest = Math.Max(now.Longest, seconds);
            }
        }

        public Measured Sum(string description, long minute, int asked)
        {
            lock (turn)
            {
                if (isLevel)
                    return new(description, level, null, null);

                var meant = minutes.Where(m => m.Minute > minute - asked && m.Minute <= minute).ToList();
                var count = meant.Sum(m => m.Count);
                return isTimed && count > 0
                    ? new(description, count, meant.Sum(m => m.Seconds) / count, meant.Max(m => m.Longest))
                    : new(description, count, null, null);
            }
        }

        private ref (long Minute, long Count, double Seconds, double Longest) At(long minute)
        {
            ref var place = ref minutes[minute % Kept];
            if (place.Minute != minute)
                place = (minute, 0, 0, 0);
            return ref place;
        }
    }
}
