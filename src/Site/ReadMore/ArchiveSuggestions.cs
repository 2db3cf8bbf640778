using System.Globalization;
using LondonDefender.Archive;
using LondonDefender.Copy;
using LondonDefender.Data;
using LondonDefender.Stories;

namespace LondonDefender.ReadMore;

/// <summary>
/// What our own archive offers while a story is written. Looked for are a few of its rarest words and its names only, each gathered from the
/// index the search has; what costs much, because half the paper has it, is looked for in the newest months alone. So a suggestion
/// costs the same whatever the archive's size. Only what readers may see now is offered.
/// </summary>
public static class ArchiveSuggestions
{
    public const int Shown = 6;

    private const int MostNames = 10, MostWords = 16, MostWordsOfSmallPaper = 60;
    private const int Weighed = 24;

    /// <summary>What more stories have than these is looked for in the newest months.</summary>
    private const int Few = 1_500;
    private const int Months = 6;
    /// <summary>As the questions below say.</summary>
    private const int FromEach = 60;
    private const double LeastWeight = 3;

    /// <summary>In a paper of its first days every word is rare.</summary>
    private const int AsIfOf = 50;

    private const string Gathered = """
        SELECT clue.place::int, found.story_id FROM unnest($2) WITH ORDINALITY AS clue (query, place), LATERAL (
            SELECT story_id FROM search_entries WHERE vector @@ clue.query::tsquery AND published_at <= $1 ORDER BY published_at DESC, story_id DESC LIMIT 60) AS found
        """;

    private const string GatheredLately = """
        SELECT clue.place::int, found.story_id FROM unnest($2) WITH ORDINALITY AS clue (query, place), LATERAL (
            SELECT newest.story_id FROM unnest($3) AS gone_through (in_month), LATERAL (
                SELECT story_id FROM search_entries WHERE vector @@ clue.query::tsquery AND month = in_month AND published_at <= $1
                ORDER BY published_at DESC, story_id DESC LIMIT 60) AS newest
            LIMIT 60) AS found
        """;

    private const string OfTopics = """
        SELECT topic.id, newest.story_id FROM unnest($1) AS topic (id), LATERAL (
            SELECT story_id FROM story_topics WHERE topic_id = topic.id ORDER BY publish_at DESC, story_id DESC LIMIT 60) AS newest
        """;

    // The words of a story are unpacked once, whatever is asked of them.
    private const string Details = $$"""
        SELECT story.id, text.headline, section.name, story.publish_at,
            ARRAY(SELECT word FROM unnest(tsvector_to_array(entry.vector)) AS word WHERE word = ANY ($3)),
            ARRAY(SELECT topic_id FROM story_topics WHERE story_id = story.id AND topic_id = ANY ($4)),
            ARRAY(SELECT writer_id FROM story_bylines WHERE story_id = story.id AND writer_id = ANY ($5))
        FROM stories story JOIN search_entries entry ON entry.story_id = story.id
        JOIN revisions text ON text.story_id = story.id AND text.number = story.published_number
        JOIN sections section ON section.id = story.section_id
        WHERE story.id = ANY ($2) AND {{LiveStories.OfferedInSql}}
        """;

    private const string NamesOf = "SELECT 1, id, name FROM topics WHERE id = ANY ($1) UNION ALL SELECT 2, id, name FROM writers WHERE id = ANY ($2)";

    private sealed record Candidate(StoryHit Story, HashSet<string> Lexemes, int[] TopicIds, int[] WriterIds);

    public static async Task<ArchiveAdvice> ForAsync(NewsroomDb db, int storyId, StoryText text, CopyText copy, DateTimeOffset now, CancellationToken ct)
    {
        var clues = await TextClues.OfAsync(db, text, copy, ct);
        var repeats = RepeatedParagraphs.In(clues);
        var isSmall = clues.StoriesInPaper < 1_000;
        List<Clue> wanted = [.. clues.Names.Take(MostNames), .. clues.Words.Take(isSmall ? MostWordsOfSmallPaper : MostWords)];
        var rare = wanted.Where(clue => clue.Share * clues.StoriesInPaper <= Few).ToArray();
        var frequent = wanted.Where(clue => clue.Share * clues.StoriesInPaper > Few).ToArray();

        await using var answers = await db.AskAsync(ct,
            new Question(Gathered, now, Queries(rare)),
            new Question(GatheredLately, now, Queries(frequent), LastMonths(now)),
            new Question(OfTopics, new object[] { text.TopicIds }),
            new Question(NamesOf, text.TopicIds, text.WriterIds),
            repeats.Asked(storyId, now));
        var byRare = await answers.AllAsync(row => (Clue: rare[row.Number() - 1], StoryId: row.Number()));
        var byFrequent = await answers.AllAsync(row => (Clue: frequent[row.Number() - 1], StoryId: row.Number()));
        var byTopic = await answers.AllAsync(row => (TopicId: row.Number(), StoryId: row.Number()));
        var names = await answers.AllAsync(row => (IsTopic: row.Number() == 1, Id: row.Number(), Name: row.Text()));
        repeats.Take(await answers.AllAsync(row => (row.Number(), row.Number())));

        var weights = WeightsOf([.. byRare, .. byFrequent], rare, clues.StoriesInPaper);
        var offered = NamedStories.In(copy).Append(storyId).Concat(text.RelatedIds).ToHashSet();
        var nearest = byRare.Concat(byFrequent).Select(found => (found.StoryId, Weight: weights[found.Clue]))
            .Concat(byTopic.Select(found => (found.StoryId, Weight: 1.0)))
            .Where(found => !offered.Contains(found.StoryId))
            .GroupBy(found => found.StoryId).OrderByDescending(group => group.Sum(found => found.Weight)).ThenByDescending(group => group.Key)
            .Select(group => group.Key).Take(Weighed).ToArray();

        var candidates = await CandidatesAsync(db, nearest, clues, text, now, ct);
        var meant = ReadMoreLinks.HeadlinesMeantIn(copy).ToHashSet(StringComparer.Ordinal);
        var telling = new Reasons(clues, weights, names.Where(name => name.IsTopic).ToDictionary(name => name.Id, name => name.Name),
            names.Where(name => !name.IsTopic).ToDictionary(name => name.Id, name => name.Name));
        var suggestions = candidates.Where(candidate => !meant.Contains(ReadMoreLinks.Key(candidate.Story.Headline)))
            .Select(candidate => (candidate.Story, Told: telling.For(candidate.Lexemes, candidate.TopicIds, candidate.WriterIds)))
            .Where(candidate => candidate.Told.Weight >= LeastWeight)
            .OrderByDescending(candidate => candidate.Told.Weight / (1 + Math.Max(0, (now - candidate.Story.Date).TotalDays / 3_650))).ThenByDescending(candidate => candidate.Story.Id)
            .Take(Shown).Select(candidate => new Suggestion(candidate.Story, candidate.Told.Words));

        return new([.. suggestions], await repeats.ConfirmedAsync(db, now, ct));
    }

    private static string[] Queries(Clue[] clues) => [.. clues.Select(clue => clue.Query)];

    private static int[] LastMonths(DateTimeOffset now) => [.. Enumerable.Range(0, Months).Select(back => SearchEntry.MonthOf(now) - back)];

    /// <summary>The fewer stories have it, the more it says; a name says more than a word.</summary>
    private static Dictionary<Clue, double> WeightsOf(IReadOnlyList<(Clue Clue, int StoryId)> found, Clue[] rare, int stories)
    {
        var counts = found.CountBy(one => one.Clue).ToDictionary();
        double all = Math.Max(stories, AsIfOf);
        return counts.ToDictionary(count => count.Key, count =>
        {
            var having = count.Value < FromEach && rare.Contains(count.Key) ? count.Value : Math.Max(count.Value, count.Key.Share * all);
            // In a small paper nothing was known of a word until now.
            var isFrequent = count.Key.Name is null && having > Math.Max(3, all / 10);
            return isFrequent ? 0 : Math.Max(0, Math.Log(all / having)) * (count.Key.Name is null ? .5 : 1.5);
        });
    }

    private static async Task<List<Candidate>> CandidatesAsync(NewsroomDb db, int[] ids, TextClues clues, StoryText text, DateTimeOffset now, CancellationToken ct)
    {
        if (ids.Length == 0)
            return [];

        string[] lexemes = [.. clues.Names.Concat(clues.Words).SelectMany(clue => clue.Lexemes).Distinct()];
        await using var answers = await db.AskAsync(ct, new Question(Details, now, ids, lexemes, text.TopicIds, text.WriterIds));
        return await answers.AllAsync(row =>
        {
            var (id, headline, section, at) = (row.Number(), row.Text(), row.Text(), row.Moment());
            return new Candidate(new(id, headline, section, StoryState.Live, at), [.. row.List<string>()], row.List<int>(), row.List<int>());
        });
    }

    /// <summary>Why a story is near, in words, and how near that makes it.</summary>
    private sealed class Reasons(TextClues clues, Dictionary<Clue, double> weights, Dictionary<int, string> topics, Dictionary<int, string> writers)
    {
        private const int Named = 3;

        public (double Weight, List<string> Words) For(HashSet<string> lexemes, int[] topicIds, int[] writerIds)
        {
            var names = clues.Names.Where(name => weights.GetValueOrDefault(name) > 0 && name.Lexemes.All(lexemes.Contains)).OrderByDescending(name => weights[name]).ToList();
            var words = clues.Words.Where(word => weights.GetValueOrDefault(word) > 0 && lexemes.Contains(word.Lexemes[0])).OrderByDescending(word => weights[word]).ToList();
            List<string> told = [];
            Tell("same people", NameKind.Person);
            Tell("same place", NameKind.Place);
            Tell("same names", NameKind.Name);
            if (topicIds.Length > 0)
                told.Add($"same topic: {Listed(topicIds.Select(id => topics[id]))}");
            if (words.Count > 1)
                told.Add(string.Create(CultureInfo.InvariantCulture, $"shares {words.Count} rare words: {Listed(words.Select(word => word.Words))}"));
            if (told.Count > 0 && writerIds.Length > 0)
                told.Add($"same byline: {Listed(writerIds.Select(id => writers[id]))}");

            var weight = names.Sum(name => weights[name]) + (words.Count > 1 ? words.Sum(word => weights[word]) : 0) + (topicIds.Length * 2) + (writerIds.Length * .3);
            return (told.Count == 0 ? 0 : weight, told);

            void Tell(string reason, NameKind kind)
            {
                var same = names.Where(name => name.Name!.Kind == kind).Select(name => name.Words).ToList();
                if (same.Count > 0)
                    told.Add($"{reason}: {Listed(same)}");
            }
        }

        private static string Listed(IEnumerable<string> words)
        {
            var all = words.ToList();
            return string.Join(", ", all.Take(Named)) + (all.Count > Named ? "…" : "");
        }
    }
}
