using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using LondonDefender.Staff;
using Microsoft.Extensions.DependencyInjection;

namespace LondonDefender.Benchmarks;

/// <summary>Somebody of the newsroom at a browser: signs in through the door everybody uses, and calls what the editing page calls.</summary>
public sealed partial class Editor : IDisposable
{
    private const string Password = "a long enough sentence";

    private readonly HttpClient browser;
    private string token = "";

    private Editor(Uri node) =>
        browser = new(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new() }) { BaseAddress = node, DefaultRequestHeaders = { { "Accept", "application/json, text/html" } } };

    public static async Task<Editor> SignInAsync(MeasuredProcess node, BigPaper paper)
    {
        var name = await HireAsync(paper);
        var editor = new Editor(node.Address);
        await editor.OpenAsync("/desk/sign-in");
        var answer = await editor.SendFormAsync("/desk/sign-in", new() { ["_handler"] = "sign-in", ["Form.Name"] = name, ["Form.Password"] = Password });
        if (answer.StatusCode != HttpStatusCode.Found)
            throw new InvalidOperationException($"The editor could not sign in: {answer.StatusCode}.");
        await editor.OpenAsync("/desk");
        return editor;
    }

    /// <summary>A story begun and saved, ready to be published; its id and the revision that was saved.</summary>
    public async Task<(int Id, int Revision)> WriteAsync(object text)
    {
        var begun = await SendFormAsync("/desk/stories", []);
        var id = int.Parse(begun.Headers.Location!.ToString().Split('/')[^1], CultureInfo.InvariantCulture);
        var saved = await CallAsync(HttpMethod.Put, $"/desk/stories/{id}", text);
        return (id, saved.GetProperty("revision").GetInt32());
    }

    public Task PublishAsync(int id, int revision, string at = "") =>
        CallAsync(HttpMethod.Post, $"/desk/stories/{id}/publish", new { basedOn = revision, at, isSubstantive = false, reason = "" });

    public Task WithdrawAsync(int id) => CallAsync(HttpMethod.Post, $"/desk/stories/{id}/withdraw", new { });

    public async Task PreviewAsync(int id, object text)
    {
        using var answer = await SendAsync(HttpMethod.Post, $"/desk/stories/{id}/preview", text);
        await answer.Content.ReadAsByteArrayAsync();
    }

    public void Dispose() => browser.Dispose();

    /// <summary>Through the paper's own staff desk: an invitation, used at once.</summary>
    private static async Task<string> HireAsync(BigPaper paper)
    {
        await using var newsroom = Program.Build([$"--ConnectionStrings:Newsroom={paper.ConnectionString}", "--Serilog:MinimumLevel:Default=Warning", $"--Hosting:DataFolder={paper.Folder}"]);
        await using var scope = newsroom.Services.CreateAsyncScope();
        var staff = scope.ServiceProvider.GetRequiredService<StaffDesk>();
        var name = $"measured-{Guid.NewGuid():N}"[..20];
        var hired = await staff.AcceptAsync(await staff.InviteAsync(name, Role.ChiefEditor), name, name, Password);
        return hired.Person is null ? throw new InvalidOperationException(string.Join(" ", hired.Problems)) : name;
    }

    private async Task OpenAsync(string address)
    {
        var page = await browser.GetStringAsync(address);
        if (Token().Match(page) is { Success: true } found)
            token = WebUtility.HtmlDecode(found.Groups[1].Value);
    }

    private Task<HttpResponseMessage> SendFormAsync(string address, Dictionary<string, string> fields) =>
        browser.PostAsync(address, new FormUrlEncodedContent([.. fields, new("__RequestVerificationToken", token)]));

    private async Task<JsonElement> CallAsync(HttpMethod method, string address, object body)
    {
        using var answer = await SendAsync(method, address, body);
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string address, object body)
    {
        using var request = new HttpRequestMessage(method, address) { Content = JsonContent.Create(body) };
        request.Headers.Add("X-Newsroom-Form", token);
        var answer = await browser.SendAsync(request);
        return answer.IsSuccessStatusCode ? answer : throw new InvalidOperationException($"{address} answered {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
    }

    [GeneratedRegex("""name="__RequestVerificationToken"[^>]*value="([^"]+)""")]
    private static partial Regex Token();
}
