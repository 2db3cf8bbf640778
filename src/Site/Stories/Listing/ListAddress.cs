using System.Globalization;
using LondonDefender.Copy;
using Microsoft.AspNetCore.WebUtilities;

namespace LondonDefender.Stories.Listing;

/// <summary>What the story list was asked for, as its address says it: to be bookmarked, kept and sent to a colleague.</summary>
public sealed record ListAddress
{
    public const string Page = "/desk";
    public const string Myself = "me", Nobody = "nobody";

    private const int Longest = 200;

    public string Words { get; private init; } = "";
    public string State { get; private init; } = "";
    public string Section { get; private init; } = "";

    /// <summary>By the words of its address, or as somebody typed it.</summary>
    public string Topic { get; private init; } = "";
    public string Writer { get; private init; } = "";
    public string Owner { get; private init; } = "";
    public string SavedFrom { get; private init; } = "";
    public string SavedTo { get; private init; } = "";
    public string PublishedFrom { get; private init; } = "";
    public string PublishedTo { get; private init; } = "";
    public bool HasPending { get; private init; }
    public string Set { get; private init; } = "";
    public StoryListing.Order Order { get; private init; }
    public string After { get; private init; } = "";

    public static readonly IReadOnlyList<(StoryListing.Order Order, string Written, string Name)> Orders =
    [
        (StoryListing.Order.SavedNewest, "", "saved last"),
        (StoryListing.Order.SavedOldest, "saved-oldest", "saved longest ago"),
        (StoryListing.Order.PublishedNewest, "published", "newest for readers"),
        (StoryListing.Order.PublishedOldest, "published-oldest", "oldest for readers"),
    ];

    public static ListAddress Read(string query)
    {
        var asked = QueryHelpers.ParseQuery(query);
        return new()
        {
            Words = Said("words"),
            State = Said("state").ToLowerInvariant(),
            Section = Said("section"),
            Topic = Said("topic"),
            Writer = Said("writer"),
            // As it was asked for before owners could be chosen.
            Owner = Said("mine") == "yes" ? Myself : Said("owner"),
            SavedFrom = Said("saved-from"),
            SavedTo = Said("saved-to"),
            PublishedFrom = Said("published-from"),
            PublishedTo = Said("published-to"),
            HasPending = Said("pending") == "yes",
            Set = Said("set"),
            Order = Orders.FirstOrDefault(order => order.Written == Said("sort")).Order,
            After = Said("after"),
        };

        string Said(string name) => asked.TryGetValue(name, out var value) ? PlainWords.Cut(PlainWords.OneLine(value.FirstOrDefault()), Longest) : "";
    }

    /// <summary>Always the same for the same question, without the place in its list.</summary>
    public string Query => QueryHelpers.AddQueryString("", Parts().Where(part => part.Value.Length > 0).Select(part => KeyValuePair.Create(part.Name, (string?)part.Value))).TrimStart('?');

    public bool IsNarrowed => (this with { After = "", Order = default }).Query.Length > 0;

    public bool IsByFurtherFilters => Topic.Length > 0 || Writer.Length > 0 || HasPending || Order != default
        || SavedFrom.Length > 0 || SavedTo.Length > 0 || PublishedFrom.Length > 0 || PublishedTo.Length > 0;

    public string First => To(Query);

    public string Next(string after) => To(QueryHelpers.AddQueryString(Query.Length > 0 ? "?" + Query : "", "after", after).TrimStart('?'));

    public static string To(string query) => query.Length > 0 ? $"{Page}?{query}" : Page;

    public static string ToSet(int id) => string.Create(CultureInfo.InvariantCulture, $"{Page}?set={id}");

    private IEnumerable<(string Name, string Value)> Parts() =>
    [
        ("words", Words), ("state", State), ("section", Section), ("topic", Topic), ("writer", Writer), ("owner", Owner),
        ("saved-from", SavedFrom), ("saved-to", SavedTo), ("published-from", PublishedFrom), ("published-to", PublishedTo),
        ("pending", HasPending ? "yes" : ""), ("set", Set), ("sort", Orders.First(order => order.Order == Order).Written),
    ];
}
