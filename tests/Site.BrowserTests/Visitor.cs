using LondonDefender.Staff;
using LondonDefender.Tests;
using Microsoft.Playwright;

namespace LondonDefender.BrowserTests;

/// <summary>
/// Somebody at a browser of their own. Remembers what went wrong behind the page: script errors, breaches of the content security
/// policy, and parts of a page that did not come.
/// </summary>
public sealed class Visitor : IAsyncDisposable
{
    private readonly IBrowserContext context;
    private readonly List<string> troubles = [];

    private Visitor(IBrowserContext context) => this.context = context;

    /// <summary>The tab the visitor looks at.</summary>
    public IPage Page { get; private set; } = null!;

    public IReadOnlyList<string> Troubles => troubles;

    /// <summary>Opens a window; <paramref name="adjust"/> may switch script off or bring a sign-in along.</summary>
    public static async Task<Visitor> ComeAsync(ABrowser browser, Newsroom newsroom, Action<BrowserNewContextOptions>? adjust = null)
    {
        var options = new BrowserNewContextOptions
        {
            BaseURL = newsroom.Address.ToString(),
            Locale = "en-GB",
            TimezoneId = "Asia/Tokyo",
            ReducedMotion = ReducedMotion.Reduce,
            ViewportSize = new() { Width = 1280, Height = 900 },
        };
        adjust?.Invoke(options);

        var visitor = new Visitor(await browser.OpenAsync(options));
        visitor.context.SetDefaultTimeout(20_000);
        visitor.Watch();
        await visitor.OpenTabAsync();
        return visitor;
    }

    /// <summary>Somebody of the staff who has come through the door everybody uses.</summary>
    public static async Task<Visitor> SignInAsync(ABrowser browser, Newsroom newsroom, Role role)
    {
        var visitor = await ComeAsync(browser, newsroom);
        await visitor.SignInAsync(await newsroom.HireAsync(role));
        return visitor;
    }

    public async Task SignInAsync(string name, string password = StaffMember.Password)
    {
        await OpenAsync("/desk");
        await Page.GetByLabel("Name you sign in with").FillAsync(name);
        await Page.GetByLabel("Password").FillAsync(password);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await Expect.That(Page.GetByRole(AriaRole.Button, new() { Name = "Sign out" })).ToBeVisibleAsync();
    }

    /// <summary>A new tab in the same window, which is then the one looked at.</summary>
    public async Task<IPage> OpenTabAsync() => Page = await context.NewPageAsync();

    public async Task<IResponse> OpenAsync(string address) => (await Page.GotoAsync(address))!;

    /// <summary>What this window would bring along to the next one: its cookies and what pages have kept.</summary>
    public Task<string> BelongingsAsync() => context.StorageStateAsync();

    /// <summary>Presses Tab until the part has the focus, as somebody without a mouse does.</summary>
    public async Task TabToAsync(ILocator part)
    {
        await Expect.That(part).ToBeVisibleAsync();
        for (var presses = 0; presses < 120; presses++)
        {
            if (await part.EvaluateAsync<bool>("part => part === document.activeElement"))
                return;

            await Page.Keyboard.PressAsync("Tab");
        }

        Assert.Fail($"A hundred and twenty times Tab did not lead to {part}.");
    }

    /// <summary>Does something that the page asks back about, answers, and tells what kind of question it was.</summary>
    public async Task<string> AnswerAsync(bool stays, Func<Task> act)
    {
        var question = new TaskCompletionSource<string>();
        Page.Dialog += Answer;
        await act();
        var kind = await question.Task.WaitAsync(TimeSpan.FromSeconds(20));
        Page.Dialog -= Answer;
        return kind;

        async void Answer(object? sender, IDialog dialog)
        {
            await (stays ? dialog.DismissAsync() : dialog.AcceptAsync());
            question.TrySetResult(dialog.Type);
        }
    }

    /// <summary>The browser's own stand-in for a reader of fingers.</summary>
    public async Task BringFingerAsync()
    {
        var browser = await context.NewCDPSessionAsync(Page);
        await browser.SendAsync("WebAuthn.enable");
        await browser.SendAsync("WebAuthn.addVirtualAuthenticator", new()
        {
            ["options"] = new Dictionary<string, object>
            {
                ["protocol"] = "ctap2",
                ["transport"] = "internal",
                ["hasResidentKey"] = true,
                ["hasUserVerification"] = true,
                ["isUserVerified"] = true,
                ["automaticPresenceSimulation"] = true,
            },
        });
    }

    /// <summary>Closes the tab as a person does: the page may ask back.</summary>
    public async Task CloseTabAsync()
    {
        var closed = new TaskCompletionSource();
        Page.Close += (_, _) => closed.TrySetResult();
        await Page.CloseAsync(new() { RunBeforeUnload = true });
        await closed.Task.WaitAsync(TimeSpan.FromSeconds(20));
    }

    /// <summary>As if the line were cut, or mended again.</summary>
    public async Task CutLineAsync(bool isCut = true)
    {
        // The browser's own cut ends as the tab is closed, and the tab's last attempt would get through.
        if (!Page.IsClosed)
            await Page.EvaluateAsync(isCut ? "() => { window.whole = window.fetch; window.fetch = () => Promise.reject(new TypeError('cut')); }" : "() => { window.fetch = window.whole; }");
        await context.SetOfflineAsync(isCut);
    }

    /// <summary>As when a sign-in has run out while a story is open. An answer that was still on its way brings the cookie back: then once more.</summary>
    public async Task ForgetSignInAsync()
    {
        for (var isKnown = true; isKnown;)
        {
            var answer = await Page.RunAndWaitForResponseAsync(() => context.ClearCookiesAsync(), response => response.Url.EndsWith("/presence", StringComparison.Ordinal));
            isKnown = answer.Status != 401;
        }
    }

    /// <summary>The server does what it is told, but its next answers do not come back.</summary>
    public async Task LoseAnswersAsync(string address, int many)
    {
        await Page.RouteAsync(address, async route =>
        {
            await route.FetchAsync();
            await route.AbortAsync();
        }, new() { Times = many });
    }

    public async Task<int> CountCookiesAsync() => (await context.CookiesAsync()).Count;

    /// <summary>Puts words where Ctrl-V will find them.</summary>
    public async Task CopyAsync(string words)
    {
        await context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await Page.EvaluateAsync("words => navigator.clipboard.writeText(words)", words);
    }

    /// <summary>As if the line were slow: what these addresses answer takes so much longer.</summary>
    public Task SlowDownAsync(string addresses, TimeSpan longer) => Page.RouteAsync(addresses, async route =>
    {
        await Task.Delay(longer);
        await route.ContinueAsync();
    });

    public async ValueTask DisposeAsync() => await context.DisposeAsync();

    private void Watch()
    {
        context.Console += (_, message) =>
        {
            // A page that is not there says so by its status, which each test looks at itself.
            if (message.Type == "error" && !message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal))
                troubles.Add($"{message.Page?.Url}: {message.Text}");
        };
        context.WebError += (_, error) => troubles.Add($"{error.Page?.Url}: {error.Error}");
        context.Response += (_, response) =>
        {
            if (response.Status >= 500 || (response.Status >= 400 && response.Request.ResourceType is not ("document" or "fetch" or "xhr")))
                troubles.Add($"{response.Url} answered {response.Status}");
        };
    }
}
