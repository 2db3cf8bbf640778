using System.Text.RegularExpressions;

namespace LondonDefender.FaultTests;

/// <param name="Mark">What stands on it whenever it is whole.</param>
public sealed record KnownPage(string Path, string Mark);

/// <summary>The pages that were asked for before anything broke: fronts, feeds, and every story.</summary>
public static partial class KnownPages
{
    private static readonly string[] Fronts = ["/", "/rss.xml", "/feed.json", "/atom.xml", "/topics", "/sitemap-news.xml"];

    public static async Task<IReadOnlyList<KnownPage>> ReadAllAsync(Uri paper)
    {
        using var reader = new HttpClient { BaseAddress = paper };
        var stories = await StoriesAsync(reader, "/sitemap.xml");
        var sections = stories.Select(story => "/" + story.Split('/')[1]).Distinct();
        List<KnownPage> known = [];
        foreach (var path in (string[])[.. Fronts, .. sections, .. stories])
        {
            using var answer = await reader.GetAsync(path);
            if (answer.IsSuccessStatusCode)
                known.Add(new(path, MarkOf(await answer.Content.ReadAsStringAsync())));
        }

        Assert.True(known.Count > 20, $"Only {known.Count} pages were found to read.");
        return known;
    }

    private static async Task<IReadOnlyList<string>> StoriesAsync(HttpClient reader, string sitemap)
    {
        var places = Place().Matches(await reader.GetStringAsync(sitemap)).Select(match => new Uri(match.Groups[1].Value).AbsolutePath).ToList();
        List<string> stories = [.. places.Where(path => StoryAddress().IsMatch(path))];
        foreach (var part in places.Where(path => path.EndsWith(".xml", StringComparison.Ordinal)))
            stories.AddRange(await StoriesAsync(reader, part));
        return stories;
    }

    /// <summary>A headline may change, as may any list; the end of a page says that it is whole.</summary>
    private static string MarkOf(string body) => body.TrimEnd() is var whole && whole.EndsWith('>') ? whole[whole.LastIndexOf('<')..] : whole[^1..];

    [GeneratedRegex("<loc>([^<]+)</loc>")]
    private static partial Regex Place();

    [GeneratedRegex("^/[a-z-]+/[0-9]+/")]
    private static partial Regex StoryAddress();
}
