using System.Diagnostics;
using System.Globalization;
using LondonDefender.Benchmarks;

namespace LondonDefender.FaultTests;

/// <summary>HAProxy before several nodes, set as the manual says: readers are passed on to the next node, editors stay with theirs while it is there.</summary>
public sealed class Balancer : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("defender-balancer-").FullName;
    private readonly Process process;

    private Balancer(IReadOnlyList<PaperNode> nodes)
    {
        var settings = Path.Combine(folder, "haproxy.cfg");
        File.WriteAllText(settings, Settings(nodes));
        process = Process.Start(new ProcessStartInfo(Programs.Find("haproxy")!, ["-q", "-db", "-f", settings]))!;
    }

    public Uri Address { get; } = new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{PaperNode.FreePort()}"));

    public static async Task<Balancer> StartAsync(params IReadOnlyList<PaperNode> nodes)
    {
        Assert.SkipWhen(Programs.Find("haproxy") is null, "HAProxy is not installed here (apt-get install haproxy).");
        var balancer = new Balancer(nodes);
        using var reader = new HttpClient { BaseAddress = balancer.Address };
        await Until.Async("the balancer passes requests on", async () =>
        {
            try
            {
                using var answer = await reader.GetAsync("/health/live");
                return answer.IsSuccessStatusCode;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        });
        return balancer;
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private string Settings(IReadOnlyList<PaperNode> nodes)
    {
        var servers = nodes.Select((node, i) => string.Create(CultureInfo.InvariantCulture, $"    server node{i + 1} 127.0.0.1:{node.Port} cookie node{i + 1}"));
        return string.Create(CultureInfo.InvariantCulture, $"""
            defaults
                mode http
                # Also how long it is waited before another try; the nodes are next door.
                timeout connect 200ms
                timeout client 30s
                timeout server 30s
                retries 3
                # A node that is killed in the middle of an answer, drained or away: the next one is asked. Only what changes nothing is asked twice.
                retry-on conn-failure empty-response response-timeout 502 503
                option redispatch 1
                default-server check inter 500ms fall 2 rise 1

            frontend paper
                bind 127.0.0.1:{Address.Port}
                acl desk path_beg /desk
                use_backend newsroom if desk
                default_backend readers

            # Pages of before are given out without the database, too: a node that is up is good enough for readers.
            backend readers
                balance roundrobin
                option httpchk GET /health/live
                http-request disable-l7-retry unless METH_GET
            {string.Join('\n', servers)}

            backend newsroom
                balance roundrobin
                option httpchk GET /health/ready
                http-request disable-l7-retry unless METH_GET
                cookie node insert indirect nocache attr path=/desk
            {string.Join('\n', servers)}

            """);
    }
}
