using System.Diagnostics;
using LondonDefender.BrowserTests;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(ABrowser))]

namespace LondonDefender.BrowserTests;

/// <summary>
/// One Chromium for the whole run: the one that is installed, else Playwright's own, else (as root on Debian) the distribution's.
/// Where none can be had, the tests are skipped with a sentence; with CI=true they fail, because nobody would read it there.
/// </summary>
public sealed class ABrowser : IAsyncLifetime
{
    private IPlaywright? playwright;
    private IBrowser? browser;
    private string whyNot = "There is no browser here, and none could be fetched. Install Chromium or Chrome and run the browser tests again.";

    /// <summary>The program the browser was started from.</summary>
    public string? Executable { get; private set; }

    public async ValueTask InitializeAsync()
    {
        playwright = await Playwright.CreateAsync();
        browser = await LaunchAsync(Installed())
            ?? await LaunchAsync(await PlaywrightsOwnAsync(playwright))
            ?? await LaunchAsync(await DebiansAsync());
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null)
            await browser.DisposeAsync();
        playwright?.Dispose();
    }

    /// <summary>A fresh window of somebody who has never been here: no cookies, nothing kept.</summary>
    public async Task<IBrowserContext> OpenAsync(BrowserNewContextOptions options)
    {
        MustBeHere();
        return await browser!.NewContextAsync(options);
    }

    public void MustBeHere()
    {
        if (browser is null && Environment.GetEnvironmentVariable("CI") == "true")
            Assert.Fail(whyNot);
        Assert.SkipWhen(browser is null, whyNot);
    }

    private async Task<IBrowser?> LaunchAsync(string? program)
    {
        if (program is null)
            return null;

        try
        {
            var launched = await playwright!.Chromium.LaunchAsync(new() { ExecutablePath = program, Args = Arguments() });
            Executable = program;
            return launched;
        }
        catch (PlaywrightException problem)
        {
            // Found, but only the stub of one, or without the libraries it needs: perhaps the next one starts.
            whyNot += $"\n{program} does not start: {problem.Message}";
            return null;
        }
    }

    internal static IEnumerable<string> Arguments()
    {
        string[] quiet = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
        // Chromium's sandbox does not start for root, and in a container there is often nobody else.
        return Environment.IsPrivilegedProcess && !OperatingSystem.IsWindows() ? [.. quiet, "--no-sandbox"] : quiet;
    }

    private static string? Installed() => UsualPlaces().FirstOrDefault(File.Exists);

    private static IEnumerable<string> UsualPlaces()
    {
        string[] names = OperatingSystem.IsWindows()
            ? ["chrome.exe", "chromium.exe", "msedge.exe"]
            : ["google-chrome-stable", "google-chrome", "chromium", "chromium-browser"];
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return [.. names.SelectMany(name => path.Select(folder => Path.Combine(folder, name))), .. ApplicationFolders()];
    }

    private static IEnumerable<string> ApplicationFolders()
    {
        if (OperatingSystem.IsMacOS())
            return ["/Applications/Google Chrome.app/Contents/MacOS/Google Chrome", "/Applications/Chromium.app/Contents/MacOS/Chromium"];
        if (!OperatingSystem.IsWindows())
            return ["/opt/google/chrome/chrome", "/snap/bin/chromium"];

        return from folder in new[] { "ProgramFiles", "ProgramFiles(x86)", "LocalAppData" }
               from program in new[] { "Google/Chrome/Application/chrome.exe", "Chromium/Application/chrome.exe", "Microsoft/Edge/Application/msedge.exe" }
               where Environment.GetEnvironmentVariable(folder) is not null
               select Path.Combine(Environment.GetEnvironmentVariable(folder)!, program);
    }

    private static async Task<string?> PlaywrightsOwnAsync(IPlaywright playwright)
    {
        if (!File.Exists(playwright.Chromium.ExecutablePath))
            await Task.Run(() => Microsoft.Playwright.Program.Main(["install", "chromium"]));

        return File.Exists(playwright.Chromium.ExecutablePath) ? playwright.Chromium.ExecutablePath : null;
    }

    private static async Task<string?> DebiansAsync()
    {
        const string apt = "/usr/bin/apt-get";
        if (!Environment.IsPrivilegedProcess || !File.Exists(apt))
            return null;

        await RunAsync(apt, "update");
        await RunAsync(apt, "install", "-y", "--no-install-recommends", "chromium");
        return Installed();
    }

    private static async Task RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["DEBIAN_FRONTEND"] = "noninteractive";
        using var process = Process.Start(start)!;
        await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
    }
}
