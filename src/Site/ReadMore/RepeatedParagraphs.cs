using System.Text.RegularExpressions;
using LondonDefender.Copy;
using LondonDefender.Data;
using LondonDefender.Stories;

namespace LondonDefender.ReadMore;

/// <summary>
/// Paragraphs that readers have had before, word for word or nearly so. A story that has a paragraph has its rarest words, too; they are
/// asked for in two halves, so that a changed word hides nothing. What the index finds is read and compared.
/// </summary>
public sealed partial class RepeatedParagraphs
{
    private const int FewestWords = 20;
    private const int WordsAsked = 8;
    private const int MostStories = 20;
    private const int Few = 1_500;
    private const int Neighbours = 4;
    private const double Enough = .6;

    private const string Found = """
        SELECT part.place::int, found.story_id FROM unnest($2) WITH ORDINALITY AS part (query, place), LATERAL (
            SELECT story_id FROM search_entries WHERE vector @@ part.query::tsquery AND published_at <= $1 AND story_id <> $3
            ORDER BY published_at DESC, story_id DESC LIMIT 4) AS found
        """;

    private const string Texts = $$"""
        SELECT story.id, text.headline, section.name, story.publish_at, entry.body
        FROM stories story JOIN search_entries entry ON entry.story_id = story.id
        JOIN revisions text ON text.story_id = story.id AND text.number = story.published_number
        JOIN sections section ON section.id = story.section_id
        WHERE story.id = ANY ($2) AND {{LiveStories.OfferedInSql}}
        """;

    private readonly List<(string Paragraph, string Query)> asked = [];
    private ILookup<string, int> storiesOf = Array.Empty<int>().ToLookup(_ => "");

    private RepeatedParagraphs() { }

    public static RepeatedParagraphs In(TextClues clues)
    {
        var repeats = new RepeatedParagraphs();
        var fewest = clues.StoriesInPaper == 0 ? 1 : (double)Few / clues.StoriesInPaper;
        foreach (var (at, paragraph) in clues.Paragraphs.Index().Skip(1).Where(one => Word().Count(one.Item) >= FewestWords))
        {
            var rarest = clues.LexemesOfParagraphs[at].OrderBy(read => read.Share).ThenByDescending(read => read.Lexeme.Length).Take(WordsAsked).ToList();
            var halves = new[] { rarest.Where((_, i) => i % 2 == 0).ToList(), rarest.Where((_, i) => i % 2 == 1).ToList() };
            // Everyday words alone stand together in half the archive.
            repeats.asked.AddRange(halves.Where(half => half.Count > 2 && half[0].Share <= fewest).Select(half => (paragraph, TextClues.And(half))));
        }

        return repeats;
    }

    public Question Asked(int storyId, DateTimeOffset now) => new(Found, now, (string[])[.. asked.Select(one => one.Query)], storyId);

    public void Take(IEnumerable<(int Place, int StoryId)> found) => storiesOf = found.ToLookup(one => asked[one.Place - 1].Paragraph, one => one.StoryId);

    public async Task<IReadOnlyList<RepeatedParagraph>> ConfirmedAsync(NewsroomDb db, DateTimeOffset now, CancellationToken ct)
    {
        int[] ids = [.. storiesOf.SelectMany(stories => stories).CountBy(id => id).OrderByDescending(count => count.Value).Select(count => count.Key).Take(MostStories)];
        if (ids.Length == 0)
            return [];

        await using var answers = await db.AskAsync(ct, new Question(Texts, now, ids));
        var texts = (await answers.AllAsync(row => (Story: new StoryHit(row.Number(), row.Text(), row.Text(), StoryState.Live, row.Moment()), Body: row.Text())))
            .ToDictionary(text => text.Story.Id, text => (text.Story, Paragraphs: text.Body.Split("\n\n").Select(Runs).Where(runs => runs.Count > 0).ToList()));
        return
        [
            .. storiesOf.Select(found => Nearest(found.Key, found.Distinct().Where(texts.ContainsKey).Select(id => texts[id]))).OfType<RepeatedParagraph>()
                .GroupBy(repeat => repeat.Story.Id).Select(group => group.First() with { More = group.Count() - 1, IsWordForWord = group.All(repeat => repeat.IsWordForWord) }),
        ];
    }

    private static RepeatedParagraph? Nearest(string paragraph, IEnumerable<(StoryHit Story, List<HashSet<string>> Paragraphs)> texts)
    {
        var runs = Runs(paragraph);
        var nearest = texts.Select(text => (text.Story, Share: text.Paragraphs.Select(theirs => (double)runs.Count(theirs.Contains) / runs.Count).DefaultIfEmpty().Max()))
            .OrderByDescending(text => text.Share).ThenByDescending(text => text.Story.Date).FirstOrDefault();
        return nearest.Share < Enough ? null : new(Beginning(paragraph), 0, nearest.Story, nearest.Share >= 1);
    }

    private static string Beginning(string paragraph) => paragraph.Length <= 70 ? paragraph : $"{PlainWords.Cut(paragraph, paragraph.LastIndexOf(' ', 70) is > 0 and var end ? end : 70)}…";

    /// <summary>Each few words that stand beside each other.</summary>
    private static HashSet<string> Runs(string paragraph)
    {
        string[] words = [.. Word().Matches(paragraph).Select(word => word.Value.ToLowerInvariant())];
        return [.. Enumerable.Range(0, Math.Max(0, words.Length - Neighbours + 1)).Select(at => string.Join(' ', words[at..(at + Neighbours)]))];
    }

    [GeneratedRegex(@"[\p{L}\p{N}][\p{L}\p{M}\p{N}]*(?:['’][\p{L}]+)?")]
    private static partial Regex Word();
}
