using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace LondonDefender.Benchmarks;

/// <summary>A server as a process of its own: the site, the bare handler, nginx.</summary>
public sealed class MeasuredProcess : IAsyncDisposable
{
    private static readonly HttpClient Doorbell = new(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = TimeSpan.FromSeconds(10) };

    private readonly Process process;
    private readonly string log, allocated;

    private MeasuredProcess(Process process, Uri address, string log, string allocated) =>
        (this.process, Address, this.log, this.allocated) = (process, address, log, allocated);

    public Uri Address { get; }

    /// <summary>From before the process began until it answered for the first time.</summary>
    public TimeSpan TimeToFirstAnswer { get; private set; }

    /// <param name="arguments">The words of the command, its address among them.</param>
    public static async Task<MeasuredProcess> StartAsync(string scratch, string program, IEnumerable<string> arguments, Uri address, string firstPath = "/")
    {
        var name = Path.Combine(scratch, Guid.NewGuid().ToString("N")[..8]);
        // The shell writes what the process says to a file, where it costs this program nothing.
        var start = new ProcessStartInfo("/bin/sh", ["-c", "exec \"$@\" > \"$0\" 2>&1", name + ".log", program, .. arguments]) { WorkingDirectory = scratch };
        start.Environment["DOTNET_STARTUP_HOOKS"] = Path.Combine(AppContext.BaseDirectory, "Site.Benchmarks.dll");
        start.Environment[StartupHook.SocketVariable] = name + ".sock";

        var watch = Stopwatch.StartNew();
        var server = new MeasuredProcess(Process.Start(start)!, address, name + ".log", name + ".sock");
        await server.WaitAsync(firstPath);
        server.TimeToFirstAnswer = watch.Elapsed;
        return server;
    }

    public static Uri FreeAddress()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
    }

    public Uri At(string path) => new(Address, path);

    /// <summary>In MB, as the kernel counts what is resident: now, and at most so far.</summary>
    public (double Now, double Most) Memory()
    {
        process.Refresh();
        return (process.WorkingSet64 / 1048576d, process.PeakWorkingSet64 / 1048576d);
    }

    /// <summary>Processor time so far, of nginx's workers too. What else goes on at the machine hardly changes what a request costs of it.</summary>
    public TimeSpan Worked()
    {
        var children = $"/proc/{process.Id}/task/{process.Id}/children";
        var workers = File.Exists(children) ? File.ReadAllText(children).Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse) : [];
        return workers.Append(process.Id).Select(id =>
        {
            using var worker = Process.GetProcessById(id);
            return worker.TotalProcessorTime;
        }).Aggregate((sum, time) => sum + time);
    }

    public async Task<long> AllocatedAsync()
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(allocated));
        var answer = new byte[32];
        var length = await socket.ReceiveAsync(answer);
        return long.Parse(answer.AsSpan(0, length), CultureInfo.InvariantCulture);
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            using var kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]);
            if (!process.WaitForExit(TimeSpan.FromSeconds(20)))
                process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }

        process.Dispose();
    }

    private async Task WaitAsync(string path)
    {
        for (var patience = Stopwatch.StartNew(); patience.Elapsed < TimeSpan.FromMinutes(2);)
        {
            if (process.HasExited)
                break;
            try
            {
                using var answer = await Doorbell.GetAsync(At(path));
                if ((int)answer.StatusCode < 400)
                    return;
            }
            catch (HttpRequestException)
            {
                // Nobody listens yet.
            }

            await Task.Delay(2);
        }

        throw new InvalidOperationException($"A server did not answer at {At(path)}. It said: {(File.Exists(log) ? await File.ReadAllTextAsync(log) : "nothing")}");
    }
}
