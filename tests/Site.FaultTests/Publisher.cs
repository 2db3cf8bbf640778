using System.Globalization;
using System.Net;
using System.Text.Json;
using LondonDefender.Paper;
using LondonDefender.Tests;

namespace LondonDefender.FaultTests;

/// <summary>An editor who gives stories to readers.</summary>
public sealed class Publisher : IDisposable
{
    private readonly StaffMember person;

    private Publisher(StaffMember person) => this.person = person;

    public static async Task<Publisher> SignInAsync(Uri paper)
    {
        var person = await StaffMember.SignInAsync(paper, PrintedPaper.Editor);
        Assert.True(person.SignedIn, "The editor could not sign in.");
        return new(person);
    }

    /// <summary>The headline of a story that readers have, or will have at the given moment.</summary>
    public async Task<string> PublishAsync(string words, DateTimeOffset? at = null) => (await PublishStoryAsync(words, at)).Headline;

    public async Task<(int Story, string Headline)> PublishStoryAsync(string words, DateTimeOffset? at = null)
    {
        var headline = $"{words} {Guid.NewGuid():N}"[..(words.Length + 9)];
        var story = await Editors.BeginStoryAsync(person);
        var text = new { basedOn = 1, headline, standfirst = "In a sentence.", copy = "As it was told.", sectionId = 1 };
        var saved = await CallAsync(HttpMethod.Put, $"/desk/stories/{story}", text);
        await CallAsync(HttpMethod.Post, $"/desk/stories/{story}/publish", new { basedOn = saved.GetProperty("revision").GetInt32(), at = Written(at), isSubstantive = false, reason = "" });
        return (story, headline);
    }

    public Task<HttpResponseMessage> OpenAsync(int story) => person.GetAsync($"/desk/stories/{story}");

    public void Dispose() => person.Dispose();

    private static string Written(DateTimeOffset? at) =>
        at is { } moment ? new PaperClock(new PaperSettings().Zone).Local(moment).ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture) : "";

    private async Task<JsonElement> CallAsync(HttpMethod method, string address, object body)
    {
        using var answer = await person.CallAsync(method, address, body);
        var said = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{address} answered {(int)answer.StatusCode}: {said}");
        return JsonDocument.Parse(said).RootElement;
    }
}
