using System.Globalization;

namespace LondonDefender.Paper.PaperCache;

/// <summary>The names of what pages read. The database tells changes by the same names (migration TellingChanges).</summary>
public static class PageKey
{
    /// <summary>Any story that readers have or had: lists of the whole paper.</summary>
    public const string Stories = "stories";

    public const string Sections = "sections", Topics = "topics", Writers = "writers", Pictures = "pictures";
    public const string Fronts = "fronts", Banner = "banner", Settings = "settings", Corrections = "corrections";

    public static string Story(int id) => string.Create(null, $"story:{id}");

    /// <summary>Told when a story is withdrawn, beside its own key: of all changes the one that may not wait for a new page.</summary>
    public static string Withdrawn(int id) => string.Create(null, $"{WithdrawnMark}{id}");

    /// <summary>The story that such a key is about; null for any other key.</summary>
    public static int? WithdrawnStory(string key) =>
        key.StartsWith(WithdrawnMark, StringComparison.Ordinal) ? int.Parse(key.AsSpan(WithdrawnMark.Length), CultureInfo.InvariantCulture) : null;

    /// <summary>Told along with all that a killed story touched: no page from before may be left, not even as one that stands in.</summary>
    public const string Killed = "killed";

    private const string WithdrawnMark = "withdrawn:";

    /// <summary>Which live stories a section has, and what their cards show.</summary>
    public static string Section(int id) => string.Create(null, $"section:{id}");

    /// <summary>How a section's front is arranged; the paper's own has the number 0.</summary>
    public static string Front(int id) => string.Create(null, $"front:{id}");

    public static string Topic(int id) => string.Create(null, $"topic:{id}");

    public static string Writer(int id) => string.Create(null, $"writer:{id}");

    public static string Picture(int id) => string.Create(null, $"picture:{id}");

    /// <summary>Which stories lead to this one.</summary>
    public static string LinksTo(int id) => string.Create(null, $"links-to:{id}");

    /// <summary>Which stories have, or had, a headline; by the form that lines in plain words are compared by.</summary>
    public static string Headline(string key) => "headline:" + key;
}
