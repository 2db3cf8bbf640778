using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace LondonDefender.Hosting;

/// <summary>What one visitor may cost before anything of the paper is asked.</summary>
internal static class KestrelLimits
{
    public static void Set(KestrelServerLimits limits)
    {
        // Half-open and idle connections cost some kilobytes each: this many are two hundred megabytes at the very worst.
        limits.MaxConcurrentConnections = 20_000;
        // Longer than the sixty seconds proxies keep theirs, or one would now and then send a request into a closing connection.
        limits.KeepAliveTimeout = TimeSpan.FromSeconds(75);
        // A browser sends its headers in one breath; whoever takes longer wants to hold the connection.
        limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        // The longest address of ours is a search of some hundred characters, and all cookies of an editor fit in half of this.
        limits.MaxRequestLineSize = 8 * 1024;
        limits.MaxRequestHeadersTotalSize = 16 * 1024;
        limits.MaxRequestHeaderCount = 60;
        // A long story is a tenth of it. What takes pictures says so itself.
        limits.MaxRequestBodySize = 10 * 1024 * 1024;
        // A telephone at the edge of its net manages ten times that.
        limits.MinRequestBodyDataRate = new(bytesPerSecond: 500, gracePeriod: TimeSpan.FromSeconds(10));
        limits.MinResponseDataRate = new(bytesPerSecond: 500, gracePeriod: TimeSpan.FromSeconds(10));
    }
}
