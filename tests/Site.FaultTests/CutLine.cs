using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Npgsql;

namespace LondonDefender.FaultTests;

/// <summary>The wire between a site and its database, which can be cut as a careless digger does it: without a word to either side.</summary>
public sealed class CutLine : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentBag<Task> wires = [];
    private readonly CancellationTokenSource ending = new();
    private readonly EndPoint database;
    private readonly Task accepting;
    private volatile Func<string, bool> isCut = _ => false;
    private TaskCompletionSource mended = new();

    private CutLine(EndPoint database)
    {
        this.database = database;
        listener.Start();
        accepting = Task.Run(AcceptAsync);
    }

    public string ConnectionString { get; private set; } = "";

    public static CutLine To(string connectionString)
    {
        var there = new NpgsqlConnectionStringBuilder(connectionString);
        EndPoint database = there.Host!.StartsWith('/')
            ? new UnixDomainSocketEndPoint(FormattableString.Invariant($"{there.Host}/.s.PGSQL.{there.Port}"))
            : new IPEndPoint(IPAddress.Parse(there.Host), there.Port);
        var line = new CutLine(database);
        there.Host = "127.0.0.1";
        there.Port = ((IPEndPoint)line.listener.LocalEndpoint).Port;
        line.ConnectionString = there.ConnectionString;
        return line;
    }

    /// <param name="which">Of the names by which connections call themselves.</param>
    public void Cut(Func<string, bool> which)
    {
        mended = new();
        isCut = which;
    }

    /// <summary>What was cut is dead, as its ends find out now; a new connection comes through.</summary>
    public void Mend()
    {
        isCut = _ => false;
        mended.TrySetResult();
    }

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        listener.Stop();
        await accepting;
        await Task.WhenAll(wires);
        ending.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!ending.IsCancellationRequested)
        {
            try
            {
                var site = await listener.AcceptSocketAsync(ending.Token);
                wires.Add(Task.Run(() => CarryAsync(site)));
            }
            catch (Exception over) when (over is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task CarryAsync(Socket site)
    {
        using var near = site;
        using var far = new Socket(database.AddressFamily, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await far.ConnectAsync(database, ending.Token);
            var first = new byte[8192];
            var length = await near.ReceiveAsync(first, ending.Token);
            var name = NameIn(Encoding.UTF8.GetString(first, 0, length));
            if (!await PassesAsync(name))
                return;
            await far.SendAsync(first.AsMemory(0, length), ending.Token);
            using var end = CancellationTokenSource.CreateLinkedTokenSource(ending.Token);
            await Task.WhenAny(CarryAsync(near, far, name, end.Token), CarryAsync(far, near, name, end.Token));
            await end.CancelAsync();
        }
        catch (Exception over) when (over is OperationCanceledException or SocketException)
        {
            // One side has hung up.
        }
    }

    private async Task CarryAsync(Socket from, Socket to, string name, CancellationToken ct)
    {
        var bytes = new byte[64 * 1024];
        try
        {
            while (await from.ReceiveAsync(bytes, ct) is > 0 and var length && await PassesAsync(name))
                await to.SendAsync(bytes.AsMemory(0, length), ct);
        }
        catch (Exception over) when (over is OperationCanceledException or SocketException)
        {
            // The other side has hung up.
        }
    }

    /// <summary>What comes onto a wire that is cut is lost, and its ends wait until it is mended.</summary>
    private async Task<bool> PassesAsync(string name)
    {
        if (!isCut(name))
            return true;

        await mended.Task.WaitAsync(ending.Token);
        return false;
    }

    /// <summary>A start-up message has names and values in turn, with a zero behind each.</summary>
    private static string NameIn(string startup)
    {
        var words = startup.Split('\0');
        var at = Array.IndexOf(words, "application_name");
        return at >= 0 && at + 1 < words.Length ? words[at + 1] : "";
    }
}
