using System.Net;
using System.Net.Sockets;
using LondonDefender.Pictures;

namespace LondonDefender.Wire.MovingIn;

/// <summary>
/// Fetches pictures from wherever an old text says they lie. The text may be a stranger's, so it leads to no machine that only we can
/// reach: what a name means is looked up here, and the connection made to that very address.
/// </summary>
public sealed class PictureFetching : IDisposable
{
    private const int MostFailures = 10;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly HttpClient client;
    private readonly bool mayBePrivate;
    private readonly Dictionary<string, int> failures = new(StringComparer.OrdinalIgnoreCase);

    public PictureFetching(bool mayBePrivate)
    {
        this.mayBePrivate = mayBePrivate;
        client = new(new SocketsHttpHandler
        {
            ConnectCallback = ConnectAsync,
            UseProxy = false,
            UseCookies = false,
            MaxAutomaticRedirections = 5,
            MaxConnectionsPerServer = 4,
            MaxResponseHeadersLength = 32,
            ConnectTimeout = TimeSpan.FromSeconds(5),
        })
        { Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.UserAgent.ParseAdd("LondonDefender-import");
    }

    /// <summary>Hands the picture over as it comes; what is returned is why it did not come.</summary>
    public async Task<string?> FetchAsync(Uri address, Func<Stream, CancellationToken, Task> take, CancellationToken ct)
    {
        if (!mayBePrivate && !address.IsDefaultPort)
            return "It lies behind an unusual port, where no public picture does.";
        if (HasFailedTooOften(address.Host))
            return $"{address.Host} did not answer several times in a row, and was not asked any more.";

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Patience);
        try
        {
            using var answer = await client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            Note(address.Host, failed: false);
            if (!answer.IsSuccessStatusCode)
                return $"{address.Host} answered {(int)answer.StatusCode}.";
            if (answer.Content.Headers.ContentLength > PictureIntake.LargestFile)
                return "The file is larger than 40 MB.";

            await using var content = await answer.Content.ReadAsStreamAsync(limit.Token);
            await take(content, limit.Token);
            return null;
        }
        catch (PrivateAddress reason)
        {
            return reason.Message;
        }
        catch (HttpRequestException problem) when (problem.InnerException is PrivateAddress reason)
        {
            return reason.Message;
        }
        catch (Exception problem) when (problem is HttpRequestException or IOException or OperationCanceledException or InvalidOperationException && !ct.IsCancellationRequested)
        {
            Note(address.Host, failed: true);
            return problem is OperationCanceledException ? $"{address.Host} took longer than {Patience.TotalSeconds:0} seconds." : $"{address.Host} could not be reached, or broke off.";
        }
    }

    public void Dispose() => client.Dispose();

    /// <summary>Whether an address can be anybody's: not this machine, not its own network, nor another that is nobody's on the internet.</summary>
    public static bool IsPublic(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        var bytes = address.GetAddressBytes();
        if (address.AddressFamily == AddressFamily.InterNetwork)
        {
            return bytes switch
            {
                [0 or 10 or 127, ..] => false,
                [100, >= 64 and < 128, ..] => false,
                [169, 254, ..] => false,
                [172, >= 16 and < 32, ..] => false,
                [192, 168, ..] or [192, 0, 0 or 2, _] or [192, 88, 99, _] => false,
                [198, 18 or 19, ..] or [198, 51, 100, _] or [203, 0, 113, _] => false,
                [>= 224, ..] => false,
                _ => true,
            };
        }

        // Only what is given out to the world, without the ranges that carry an IPv4 address within, or are for examples.
        return (bytes[0] & 0xE0) == 0x20 && bytes is not ([0x20, 0x02, ..] or [0x20, 0x01, 0x0D, 0xB8, ..] or [0x20, 0x01, 0x00, 0x00, ..]);
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken ct)
    {
        var host = context.DnsEndPoint.Host;
        var addresses = await Dns.GetHostAddressesAsync(host, ct);
        if (!mayBePrivate && Array.Exists(addresses, address => !IsPublic(address)))
            throw new PrivateAddress($"{host} is a machine of this network, not of the internet; it was not asked.");

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, context.DnsEndPoint.Port, ct);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private bool HasFailedTooOften(string host)
    {
        lock (failures)
            return failures.GetValueOrDefault(host) >= MostFailures;
    }

    private void Note(string host, bool failed)
    {
        lock (failures)
            failures[host] = failed ? failures.GetValueOrDefault(host) + 1 : 0;
    }

    private sealed class PrivateAddress(string sentence) : Exception(sentence);
}
