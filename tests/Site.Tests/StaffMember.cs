using System.Net;
using System.Net.Http.Json;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace LondonDefender.Tests;

/// <summary>A browser of somebody who has signed in: keeps cookies, knows the form token, follows no redirect by itself.</summary>
public sealed class StaffMember : IDisposable
{
    public const string Password = "a long enough sentence";

    private readonly CookieJar cookies = new();
    private readonly HttpClient browser;
    private string token = "";

    private StaffMember(Uri address, string name)
    {
        Name = name;
        browser = new HttpClient(cookies) { BaseAddress = address };
    }

    public string Name { get; }

    public static async Task<StaffMember> SignInAsync(Uri address, string name, string password = Password)
    {
        var member = new StaffMember(address, name);
        var answer = await member.TryPasswordAsync(name, password);
        member.SignedIn = answer.StatusCode == HttpStatusCode.Found;
        await member.OpenAsync("/desk");
        return member;
    }

    public async Task<HttpResponseMessage> TryPasswordAsync(string name, string password, string address = "/desk/sign-in")
    {
        await OpenAsync(address);
        return await SendFormAsync(address, new() { ["_handler"] = "sign-in", ["Form.Name"] = name, ["Form.Password"] = password });
    }

    public bool SignedIn { get; private set; }

    /// <summary>Opens a page and remembers its form token.</summary>
    public async Task<IDocument> OpenAsync(string address)
    {
        var page = await new HtmlParser().ParseDocumentAsync(await (await browser.GetAsync(address)).Content.ReadAsStringAsync());
        token = page.QuerySelector("input[name=__RequestVerificationToken]")?.GetAttribute("value") ?? token;
        return page;
    }

    public string? Cookie(string name) => cookies[name];

    public Task<HttpResponseMessage> GetAsync(string address) => browser.GetAsync(address);

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request) => browser.SendAsync(request);

    /// <summary>Somebody at the door: a browser that has not signed in.</summary>
    public static StaffMember Stranger(Uri address) => new(address, "");

    public Task<HttpResponseMessage> SendFormAsync(string address, Dictionary<string, string> fields) => SendFieldsAsync(address, fields);

    /// <summary>A form in which a name may come several times, as ticks do.</summary>
    public Task<HttpResponseMessage> SendFieldsAsync(string address, IEnumerable<KeyValuePair<string, string>> fields) =>
        browser.PostAsync(address, new FormUrlEncodedContent([.. fields, new("__RequestVerificationToken", token)]));

    /// <summary>A call as the editing page's script makes it.</summary>
    public Task<HttpResponseMessage> CallAsync(HttpMethod method, string address, object body, bool withToken = true) =>
        CallAsync(method, address, JsonContent.Create(body), withToken);

    public Task<HttpResponseMessage> CallAsync(HttpMethod method, string address, HttpContent body, bool withToken = true)
    {
        var request = new HttpRequestMessage(method, address) { Content = body };
        request.Headers.Accept.ParseAdd("application/json");
        if (withToken)
            request.Headers.Add("X-Newsroom-Form", token);
        return browser.SendAsync(request);
    }

    public void Dispose() => browser.Dispose();
}
