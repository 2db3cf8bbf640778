using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading.Channels;

namespace LondonDefender.Tests.Workflow;

/// <summary>A small server that takes mail by SMTP, and keeps it.</summary>
internal sealed partial class PostOffice : IAsyncDisposable
{
    private readonly Channel<Letter> letters = Channel.CreateUnbounded<Letter>();
    private readonly CancellationTokenSource closing = new();
    private readonly TcpListener door;
    private readonly Task open;

    /// <param name="port">Another than 0 where one that was closed opens again.</param>
    public PostOffice(int port = 0)
    {
        door = new TcpListener(IPAddress.Loopback, port);
        door.Start();
        open = TakeInAsync();
    }

    public sealed record Letter(string From, string To, string Subject, string Body);

    public int Port => ((IPEndPoint)door.LocalEndpoint).Port;

    public async Task<Letter> NextAsync() => await letters.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30));

    public bool HasMore => letters.Reader.TryPeek(out _);

    public async ValueTask DisposeAsync()
    {
        await closing.CancelAsync();
        door.Stop();
        await open;
        closing.Dispose();
    }

    private async Task TakeInAsync()
    {
        while (!closing.IsCancellationRequested)
        {
            try
            {
                using var line = await door.AcceptTcpClientAsync(closing.Token);
                await ServeAsync(line);
            }
            catch (Exception end) when (end is OperationCanceledException or SocketException or IOException)
            {
                // The caller has hung up, or it is closing time.
            }
        }
    }

    private async Task ServeAsync(TcpClient caller)
    {
        using var reader = new StreamReader(caller.GetStream(), Encoding.ASCII);
        await using var writer = new StreamWriter(caller.GetStream(), Encoding.ASCII) { NewLine = "\r\n", AutoFlush = true };
        await writer.WriteLineAsync("220 post.example");
        var (from, to) = ("", "");
        while (await reader.ReadLineAsync(closing.Token) is { } said)
        {
            if (said.StartsWith("MAIL FROM:", StringComparison.OrdinalIgnoreCase))
                from = Address().Match(said).Groups[1].Value;
            else if (said.StartsWith("RCPT TO:", StringComparison.OrdinalIgnoreCase))
                to = Address().Match(said).Groups[1].Value;
            else if (said.StartsWith("DATA", StringComparison.OrdinalIgnoreCase))
            {
                await writer.WriteLineAsync("354 go on");
                letters.Writer.TryWrite(await ReadAsync(reader, from, to));
            }

            await writer.WriteLineAsync(said.StartsWith("QUIT", StringComparison.OrdinalIgnoreCase) ? "221 goodbye" : "250 well");
        }
    }

    private static async Task<Letter> ReadAsync(StreamReader reader, string from, string to)
    {
        var lines = new StringBuilder();
        while (await reader.ReadLineAsync() is { } line && line != ".")
            lines.Append(line.StartsWith('.') ? line[1..] : line).Append('\n');

        var (head, body) = lines.ToString().Split("\n\n", 2) is [var first, var second] ? (first.Replace("\n ", " ", StringComparison.Ordinal), second) : ("", "");
        var subject = head.Split('\n').Single(line => line.StartsWith("Subject:", StringComparison.OrdinalIgnoreCase))["Subject:".Length..].Trim();
        return new(from, to, Encoded().Replace(subject, Decoded).Replace("  ", " ", StringComparison.Ordinal),
            head.Contains("base64", StringComparison.OrdinalIgnoreCase) ? Encoding.UTF8.GetString(Convert.FromBase64String(body)) : Quoted(body.Replace("=\n", "", StringComparison.Ordinal)));
    }

    private static string Decoded(Match word) => word.Groups[1].Value is "B" or "b" ? Encoding.UTF8.GetString(Convert.FromBase64String(word.Groups[2].Value)) : Quoted(word.Groups[2].Value.Replace('_', ' '));

    private static string Quoted(string text) => Uri.UnescapeDataString(Hex().Replace(text.Replace("%", "%25", StringComparison.Ordinal), "%$1"));

    [GeneratedRegex("<([^>]*)>")]
    private static partial Regex Address();

    [GeneratedRegex(@"=\?utf-8\?([BbQq])\?([^?]*)\?=(?:\s+(?==\?))?", RegexOptions.IgnoreCase)]
    private static partial Regex Encoded();

    [GeneratedRegex("=([0-9A-F]{2})")]
    private static partial Regex Hex();
}
