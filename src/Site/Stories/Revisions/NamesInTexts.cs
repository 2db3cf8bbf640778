using System.Globalization;
using System.Text.RegularExpressions;
using LondonDefender.Data;
using LondonDefender.Pictures;
using LondonDefender.ReadMore;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Stories.Revisions;

/// <summary>What the numbers in some texts of a story stand for, so that an editor reads headlines and names.</summary>
public sealed partial class NamesInTexts
{
    private readonly Dictionary<int, string> sections = [], topics = [], writers = [], headlines = [];
    private readonly Dictionary<int, Picture> pictures = [];

    private NamesInTexts()
    {
    }

    public static async Task<NamesInTexts> OfAsync(NewsroomDb db, IReadOnlyList<StoryText> texts, CancellationToken ct)
    {
        int[] sections = [.. texts.Select(text => text.SectionId).OfType<int>()];
        int[] topics = [.. texts.SelectMany(text => text.TopicIds)];
        int[] writers = [.. texts.SelectMany(text => text.WriterIds)];
        int[] stories = [.. texts.SelectMany(text => text.RelatedIds.Concat(NumbersIn(StoryInCopy(), text.Copy))).Distinct()];
        int[] pictures = [.. texts.SelectMany(text => NumbersIn(PictureInCopy(), text.Copy).Concat(text.PictureId is { } main ? [main] : [])).Distinct()];

        var names = new NamesInTexts();
        Note(names.sections, await db.Sections.Where(s => sections.Contains(s.Id)).ToDictionaryAsync(s => s.Id, s => s.Name, ct));
        Note(names.topics, await db.Topics.Where(t => topics.Contains(t.Id)).ToDictionaryAsync(t => t.Id, t => t.Name, ct));
        Note(names.writers, await db.Writers.Where(w => writers.Contains(w.Id)).ToDictionaryAsync(w => w.Id, w => w.Name, ct));
        Note(names.headlines, await db.PresentHeadlinesOf().Where(h => stories.Contains(h.StoryId)).ToDictionaryAsync(h => h.StoryId, h => h.Headline, ct));
        Note(names.pictures, await db.Pictures.AsNoTracking().Where(p => pictures.Contains(p.Id)).ToDictionaryAsync(p => p.Id, ct));
        return names;
    }

    public string Section(int? id) => id is null ? "" : sections.GetValueOrDefault(id.Value, "a section that is gone");

    public string Topics(IEnumerable<int> ids) => string.Join(", ", ids.Select(id => topics.GetValueOrDefault(id, "a topic that is gone")));

    public string Writers(IEnumerable<int> ids) => string.Join(", ", ids.Select(id => writers.GetValueOrDefault(id, "a writer who is gone")));

    public string Stories(IEnumerable<int> ids) => string.Join("\n", ids.Select(Story));

    public Picture? PictureOf(int? id) => pictures.GetValueOrDefault(id ?? 0);

    public string Picture(int? id) => id switch
    {
        null => "",
        { } number when pictures.TryGetValue(number, out var picture) => $"Picture {number}, “{picture.InAFewWords()}”",
        { } number => $"Picture {number}, which is gone",
    };

    /// <summary>A copy with the headlines of the stories that it leads to, and the names of its pictures, instead of their numbers.</summary>
    public string InWords(string copy)
    {
        var withPictures = PictureInCopy().Replace(copy, found => $"[{Picture(NumberIn(found))}: {found.Groups["alt"].Value}] {found.Groups["caption"].Value}".TrimEnd());
        var withLinks = LinkInCopy().Replace(withPictures, found => $"{found.Groups["words"].Value} (→ {Story(NumberIn(found))})");
        return StoryInCopy().Replace(withLinks, found => Story(NumberIn(found)));
    }

    private string Story(int id) => headlines.TryGetValue(id, out var headline) ? $"“{(headline.Length > 0 ? headline : "Untitled")}”" : $"story {id}, which is gone";

    private static void Note<T>(Dictionary<int, T> names, Dictionary<int, T> found)
    {
        foreach (var (id, name) in found)
            names[id] = name;
    }

    private static IEnumerable<int> NumbersIn(Regex reference, string copy) => reference.Matches(copy).Select(NumberIn);

    private static int NumberIn(Match found) => int.TryParse(found.Groups["id"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0;

    [GeneratedRegex(@"\bstory:(?<id>\d+)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex StoryInCopy();

    [GeneratedRegex(@"\[(?<words>[^\]\n]*)\]\(story:(?<id>\d+)\)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex LinkInCopy();

    [GeneratedRegex("""!\[(?<alt>[^\]\n]*)\]\(picture:(?<id>\d+)(?:\s+"(?<caption>[^"\n]*)")?\s*\)""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex PictureInCopy();
}
