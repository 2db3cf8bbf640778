using System.Globalization;

namespace LondonDefender.Archive;

/// <summary>Where the pages of a longer list stand.</summary>
public static class PageAddress
{
    public static string Of(string path, int page) => page <= 1 ? path : string.Create(null, $"{path}?page={page}");

    public static string? Newer(string path, StoryList list) => list.Page > 1 ? Of(path, list.Page - 1) : null;

    public static string? Older(string path, StoryList list) =>
        list.HasMore && list.Page < StoryList.LastPage ? Of(path, list.Page + 1) : null;

    public static string Of(SearchQuery query, int page)
    {
        var asked = new List<string>();
        Ask("q", query.Words);
        Ask("section", query.Section);
        Ask("topic", query.Topic);
        Ask("writer", query.Writer);
        Ask("from", Machine(query.From));
        Ask("to", Machine(query.To));
        Ask("order", query.NewestFirst ? "newest" : "");
        Ask("exact", query.IsLiteral ? "yes" : "");
        Ask("page", page <= 1 ? "" : page.ToString(CultureInfo.InvariantCulture));

        return asked.Count == 0 ? "/search" : "/search?" + string.Join('&', asked);

        void Ask(string name, string value)
        {
            if (value.Length > 0)
                asked.Add($"{name}={Uri.EscapeDataString(value)}");
        }
    }

    /// <summary>As date fields and addresses write a day.</summary>
    public static string Machine(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";

    public static string OfMonth(DateOnly day) => day.ToString("'/archive/'yyyy'/'MM", CultureInfo.InvariantCulture);

    public static string Of(DateOnly day) => day.ToString("'/archive/'yyyy'/'MM'/'dd", CultureInfo.InvariantCulture);
}
