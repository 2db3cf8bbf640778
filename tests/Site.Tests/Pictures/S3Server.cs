using System.Diagnostics;

namespace LondonDefender.Tests.Pictures;

/// <summary>A server of npm's that speaks S3, on this machine alone, with one empty bucket.</summary>
internal sealed class S3Server : IAsyncDisposable
{
    public const string Bucket = "pictures";
    private const string Said = "listening on ";

    private readonly string folder = Directory.CreateTempSubdirectory("defender-s3-").FullName;
    private Process server = null!;

    public string Endpoint { get; private set; } = "";

    public static async Task<S3Server> StartAsync()
    {
        var program = Path.Combine(SourceTree.Tests, "node_modules", "s3rver", "bin", "s3rver.js");
        Assert.True(File.Exists(program), "s3rver is not in node_modules: install Node.js, and build the tests again.");
        var started = new S3Server();
        await started.RunAsync(program);
        return started;
    }

    private async Task RunAsync(string program)
    {
        var start = new ProcessStartInfo("node", [program, "-d", folder, "-a", "127.0.0.1", "-p", "0", "-s", "--configure-bucket", Bucket]) { RedirectStandardOutput = true };
        server = Process.Start(start)!;
        while (await server.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.IndexOf(Said, StringComparison.Ordinal) is >= 0 and var at)
            {
                Endpoint = $"http://{line[(at + Said.Length)..].Trim()}";
                return;
            }
        }

        Assert.Fail("The S3 server ended before it listened.");
    }

    public async ValueTask DisposeAsync()
    {
        server.Kill(entireProcessTree: true);
        await server.WaitForExitAsync();
        server.Dispose();
        Directory.Delete(folder, recursive: true);
    }
}
