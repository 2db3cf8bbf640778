using LondonDefender.Copy;
using LondonDefender.Paper;
using LondonDefender.ReadMore;
using LondonDefender.Sections;
using LondonDefender.Stories;

namespace LondonDefender.Tests.Paper;

/// <summary>A paper for tests of components: no database, one evening in November.</summary>
internal static class SamplePaper
{
    public static readonly DateTimeOffset Evening = new(2026, 11, 18, 17, 45, 0, TimeSpan.Zero);

    public static readonly Section World = new() { Name = "World", Slug = "world" };

    public static PaperFrame Frame { get; } = new()
    {
        Settings = new PaperSettings(),
        Menu = [new MenuItem("World", "/world"), new MenuItem("Sport", "/sport")],
        Now = Evening,
        Origin = "https://paper.example",
    };

    public static StoryBrief Brief(int id, string headline, string kicker = "") => new()
    {
        Id = id,
        Headline = headline,
        Standfirst = $"What is behind story {id}.",
        Kicker = kicker,
        Slug = "",
        SectionId = 1,
        SectionName = "World",
        SectionSlug = "world",
        PublishAt = Evening.AddMinutes(-id),
        UpdatedAt = null,
    };

    public static IReadOnlyList<StoryBrief> Briefs(int count) => [.. Enumerable.Range(1, count).Select(id => Brief(id, $"Headline {id}"))];

    /// <summary>A story's view in which the given stories are live and all others are not.</summary>
    public static StoryView View(StoryText text, params IReadOnlyList<StoryBrief> live)
    {
        var copy = CopyText.Read(text.Copy, ReadMoreLabels.Default);
        var byId = live.ToDictionary(brief => brief.Id);
        return new StoryView
        {
            Id = 7,
            Text = text,
            Section = World,
            Address = StoryAddress.Of("world", 7, text.AddressSlug),
            PublishAt = Evening,
            Copy = copy,
            Cards = new ReadMoreCards(7, byId, new Dictionary<int, int>(), new Dictionary<string, int>()) { Blocks = copy.Blocks },
        };
    }
}
