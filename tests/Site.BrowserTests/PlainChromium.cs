using System.Diagnostics;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace LondonDefender.BrowserTests;

/// <summary>
/// A Chromium with one tab, spoken to in its own protocol. Playwright attaches to pages in a way that switches prerendering off;
/// attached by its tab, a page is prerendered as it is for readers.
/// </summary>
public sealed partial class PlainChromium : IAsyncDisposable
{
    // Headless Chromium says that it is, and robots do not count as readers.
    private const string Agent = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string profile = Directory.CreateTempSubdirectory("defender-chromium-").FullName;
    private readonly ClientWebSocket socket = new();
    private readonly CancellationTokenSource end = new();
    private readonly Dictionary<int, TaskCompletionSource<JsonElement>> questions = [];
    private readonly List<(string Name, Func<JsonElement, bool> IsIt, TaskCompletionSource<JsonElement> Awaited)> events = [];
    private readonly Lock turn = new();
    private Process process = null!;
    private Task listening = Task.CompletedTask;
    private int asked;
    private string page = "";

    public static async Task<PlainChromium> StartAsync(ABrowser browser)
    {
        browser.MustBeHere();
        var chromium = new PlainChromium();
        await chromium.LaunchAsync(browser.Executable!);
        await chromium.AttachAsync();
        return chromium;
    }

    public async Task OpenAsync(Uri address)
    {
        var loaded = WhenAsync("Page.loadEventFired", _ => true);
        await AskAsync("Page.navigate", new { url = address.ToString() }, page);
        await loaded;
    }

    /// <summary>Rests the pointer on a link until the browser has prerendered what it leads to, and gives the page in waiting.</summary>
    public async Task<string> HoverUntilPrerenderedAsync(string selector)
    {
        var prerendering = WhenAsync("Target.attachedToTarget", said => said.GetProperty("targetInfo").TryGetProperty("subtype", out var kind) && kind.GetString() == "prerender");
        var ready = WhenAsync("Preload.prerenderStatusUpdated", said => said.GetProperty("status").GetString() is "Ready" or "Failure");
        await PointAsync(selector, "mouseMoved");
        var outcome = await ready;
        Assert.True(outcome.GetProperty("status").GetString() == "Ready", $"It is not prerendered: {outcome}");
        return (await prerendering).GetProperty("sessionId").GetString()!;
    }

    public async Task ClickAsync(string selector)
    {
        await PointAsync(selector, "mousePressed");
        // The page may be gone before it has answered.
        _ = PointAsync(selector, "mouseReleased");
    }

    /// <summary>When a prerendered page came to be looked at, in milliseconds since it was begun.</summary>
    public async Task<double> ActivationAsync(string prerendered) => (await AskAsync("Runtime.evaluate", new
    {
        expression = """
            new Promise(done => {
              const tell = () => done(performance.getEntriesByType('navigation')[0].activationStart);
              document.prerendering ? document.addEventListener('prerenderingchange', tell) : tell();
            })
            """,
        awaitPromise = true,
        returnByValue = true,
    }, prerendered)).GetProperty("result").GetProperty("value").GetDouble();

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }

        await end.CancelAsync();
        await listening;
        socket.Dispose();
        process.Dispose();
        end.Dispose();
        Directory.Delete(profile, recursive: true);
    }

    private async Task LaunchAsync(string program)
    {
        process = Process.Start(new ProcessStartInfo(program,
            [.. ABrowser.Arguments(), "--headless", "--remote-debugging-port=0", $"--user-data-dir={profile}", $"--user-agent={Agent}", "--window-size=1280,900", "about:blank"])
        { RedirectStandardError = true })!;
        var address = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        process.ErrorDataReceived += (_, line) =>
        {
            if (Address().Match(line.Data ?? "") is { Success: true } match)
                address.TrySetResult(new(match.Value));
        };
        process.BeginErrorReadLine();
        await socket.ConnectAsync(await address.Task.WaitAsync(Patience), end.Token);
        listening = ListenAsync();
    }

    private async Task AttachAsync()
    {
        var targets = await AskAsync("Target.getTargets", new { filter = new[] { new { } } });
        var tab = targets.GetProperty("targetInfos").EnumerateArray().First(target => target.GetProperty("type").GetString() == "tab").GetProperty("targetId").GetString();
        var attached = WhenAsync("Target.attachedToTarget", said => said.GetProperty("targetInfo").GetProperty("type").GetString() == "page");
        var session = (await AskAsync("Target.attachToTarget", new { targetId = tab, flatten = true })).GetProperty("sessionId").GetString()!;
        await AskAsync("Target.setAutoAttach", new { autoAttach = true, waitForDebuggerOnStart = false, flatten = true, filter = new[] { new { } } }, session);
        page = (await attached).GetProperty("sessionId").GetString()!;
        await AskAsync("Page.enable", new { }, page);
        await AskAsync("Preload.enable", new { }, page);
    }

    private async Task PointAsync(string selector, string type)
    {
        var place = (await AskAsync("Runtime.evaluate", new
        {
            expression = $$"""
                (() => {
                  const part = document.querySelector({{JsonSerializer.Serialize(selector)}});
                  part.scrollIntoView({ block: 'center', behavior: 'instant' });
                  const box = part.getClientRects()[0];
                  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
                })()
                """,
            returnByValue = true,
        }, page)).GetProperty("result").GetProperty("value");
        var isButton = type != "mouseMoved";
        await AskAsync("Input.dispatchMouseEvent", new
        {
            type,
            x = place.GetProperty("x").GetDouble(),
            y = place.GetProperty("y").GetDouble(),
            button = isButton ? "left" : "none",
            clickCount = isButton ? 1 : 0,
        }, page);
    }

    private async Task<JsonElement> AskAsync(string method, object said, string? session = null)
    {
        var answer = new TaskCompletionSource<JsonElement>(TaskCreationOptions.RunContinuationsAsynchronously);
        int id;
        lock (turn)
        {
            id = ++asked;
            questions[id] = answer;
        }

        var message = session is null ? JsonSerializer.SerializeToUtf8Bytes(new { id, method, @params = said }) : JsonSerializer.SerializeToUtf8Bytes(new { id, method, @params = said, sessionId = session });
        await socket.SendAsync(message, WebSocketMessageType.Text, true, end.Token);
        return await answer.Task.WaitAsync(Patience);
    }

    /// <summary>The next event of that kind, from now on.</summary>
    private Task<JsonElement> WhenAsync(string name, Func<JsonElement, bool> isIt)
    {
        var awaited = new TaskCompletionSource<JsonElement>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (turn)
            events.Add((name, isIt, awaited));
        return awaited.Task.WaitAsync(Patience);
    }

    private async Task ListenAsync()
    {
        var buffer = new byte[1 << 20];
        try
        {
            while (true)
            {
                var length = 0;
                ValueWebSocketReceiveResult part;
                do
                {
                    part = await socket.ReceiveAsync(buffer.AsMemory(length), end.Token);
                    length += part.Count;
                }
                while (!part.EndOfMessage);
                if (part.MessageType == WebSocketMessageType.Close)
                    return;

                Hear(JsonDocument.Parse(buffer.AsMemory(0, length)).RootElement.Clone());
            }
        }
        catch (Exception problem) when (problem is OperationCanceledException or WebSocketException)
        {
            // The browser was closed.
        }
    }

    private void Hear(JsonElement said)
    {
        lock (turn)
        {
            if (said.TryGetProperty("id", out var id) && questions.Remove(id.GetInt32(), out var question))
            {
                if (said.TryGetProperty("result", out var result))
                    question.SetResult(result);
                else
                    question.SetException(new InvalidOperationException(said.GetProperty("error").ToString()));
            }
            else if (said.TryGetProperty("method", out var method))
            {
                foreach (var (_, _, awaited) in events.Where(e => e.Name == method.GetString() && e.IsIt(said.GetProperty("params"))))
                    awaited.TrySetResult(said.GetProperty("params"));
            }
        }
    }

    [GeneratedRegex(@"ws://\S+")]
    private static partial Regex Address();
}
