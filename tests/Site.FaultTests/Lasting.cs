using System.Globalization;

namespace LondonDefender.FaultTests;

/// <summary>How long a trouble lasts: some seconds, or what FAULTS_FOR says, such as 00:05:00.</summary>
public static class Lasting
{
    private static readonly TimeSpan? asked =
        TimeSpan.TryParse(Environment.GetEnvironmentVariable("FAULTS_FOR"), CultureInfo.InvariantCulture, out var time) ? time : null;

    public static bool IsLong => asked is not null;

    public static TimeSpan Seconds(double seconds) => asked ?? TimeSpan.FromSeconds(seconds);

    /// <summary>The trouble itself: the time it is given to do its harm.</summary>
    public static Task ForSecondsAsync(double seconds) => Task.Delay(Seconds(seconds));
}
