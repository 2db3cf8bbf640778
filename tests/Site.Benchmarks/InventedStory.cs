using System.Text;

namespace LondonDefender.Benchmarks;

/// <summary>A story of the big paper, the same each time it is asked for by its number.</summary>
public sealed record InventedStory
{
    private const int StoriesInALine = 12;
    private const int Sections = BigPaper.Sections, Topics = BigPaper.Topics, Writers = BigPaper.Writers;

    public required int Id { get; init; }
    public required DateTime PublishAt { get; init; }
    public required DateTime? WithdrawnAt { get; init; }
    public required int SectionId { get; init; }
    public required int[] TopicIds { get; init; }
    public required int[] WriterIds { get; init; }
    public required int? PictureId { get; init; }
    public required string Dateline { get; init; }
    public required string Kicker { get; init; }
    public required string Headline { get; init; }
    public required string Standfirst { get; init; }

    /// <summary>As it is searched: without its READ MORE blocks.</summary>
    public required string Prose { get; init; }

    public required string Copy { get; init; }

    /// <summary>The earlier stories its READ MORE blocks lead to.</summary>
    public required int[] LeadsTo { get; init; }

    /// <summary>Earlier stories picked by hand for the end of the page.</summary>
    public required int[] RelatedIds { get; init; }

    public static InventedStory At(int id, int count, Vocabulary vocabulary)
    {
        var chance = new Random(id);
        var line = new Random((id / StoriesInALine) + 1_000_000_007);
        string[] cast = [Vocabulary.NameAt(line.Next(Vocabulary.Names)), Vocabulary.NameAt(line.Next(Vocabulary.Names)), Vocabulary.NameAt(line.Next(Vocabulary.Names))];
        var section = 1 + Skewed(line, Sections);
        int[] topics = [.. new[] { 1 + Skewed(line, Topics) }.Concat(Enumerable.Range(0, chance.Next(3)).Select(_ => 1 + Skewed(chance, Topics))).Distinct()];
        int[] writers = [.. Enumerable.Range(0, chance.Next(10) == 0 ? 2 : 1).Select(_ => 1 + Skewed(chance, Writers)).Distinct()];
        int[] leadsTo = [.. Enumerable.Range(0, chance.Next(4)).Select(_ => id - 1 - chance.Next(3_000)).Where(to => to > 0).Distinct()];

        var paragraphs = Paragraphs(vocabulary, chance, cast);
        return new()
        {
            Id = id,
            PublishAt = Moment(id, count, chance),
            WithdrawnAt = chance.Next(400) == 0 ? BigPaper.Now.AddDays(-1).UtcDateTime : null,
            SectionId = section,
            TopicIds = topics,
            WriterIds = writers,
            PictureId = chance.Next(5) < 3 ? 1 + chance.Next(BigPaper.Pictures) : null,
            Dateline = chance.Next(4) == 0 ? cast[0] : "",
            Kicker = chance.Next(3) == 0 ? cast[1] : "",
            Headline = HeadlineOf(vocabulary, chance, cast),
            Standfirst = Sentence(vocabulary, chance, cast, 12 + chance.Next(12)),
            Prose = string.Join("\n\n", paragraphs),
            Copy = WithBlocks(WithSubheads(paragraphs, chance, cast), leadsTo),
            LeadsTo = leadsTo,
            RelatedIds = chance.Next(10) == 0 ? [.. leadsTo.Select(to => to - 1).Where(to => to > 0)] : [],
        };
    }

    /// <summary>Fifteen years, the last hours of which are still to come; not quite in the order in which the stories were begun.</summary>
    private static DateTime Moment(int id, int count, Random chance)
    {
        var span = TimeSpan.FromDays(365.25 * 15);
        var end = BigPaper.Now.AddHours(6).UtcDateTime;
        var early = chance.NextDouble() * chance.NextDouble() * 3;
        var moment = end - (span * (1 - ((double)id / count))) - TimeSpan.FromDays(early);
        return new DateTime(moment.Ticks - (moment.Ticks % TimeSpan.TicksPerSecond), DateTimeKind.Utc);
    }

    private static List<string> Paragraphs(Vocabulary vocabulary, Random chance, string[] cast)
    {
        List<string> paragraphs = [];
        // Many short pieces, few long ones: 300 to 900 words, 400 on average.
        var wanted = 300 + (int)(600 * Math.Pow(chance.NextDouble(), 5));
        for (var words = 0; words < wanted;)
        {
            List<string> sentences = [];
            for (var left = 1 + chance.Next(4); left > 0 && words < wanted; left--)
            {
                var length = 6 + chance.Next(22);
                words += length;
                sentences.Add(Sentence(vocabulary, chance, cast, length));
            }

            paragraphs.Add(string.Join(' ', sentences));
        }

        return paragraphs;
    }

    private static string Sentence(Vocabulary vocabulary, Random chance, string[] cast, int length)
    {
        var sentence = new StringBuilder();
        for (var i = 0; i < length; i++)
        {
            if (i > 0)
                sentence.Append(chance.Next(12) == 0 ? ", " : " ");
            sentence.Append(Next(vocabulary, chance, cast));
        }

        sentence[0] = char.ToUpperInvariant(sentence[0]);
        return sentence.Append('.').ToString();
    }

    private static string HeadlineOf(Vocabulary vocabulary, Random chance, string[] cast)
    {
        var words = Enumerable.Range(0, 5 + chance.Next(5)).Select(_ => Next(vocabulary, chance, cast)).Prepend(cast[chance.Next(cast.Length)]);
        return string.Join(' ', words);
    }

    private static string Next(Vocabulary vocabulary, Random chance, string[] cast) => chance.Next(100) switch
    {
        < 4 => cast[chance.Next(cast.Length)],
        < 8 => Vocabulary.Name(chance),
        < 9 => chance.Next(2_100).ToString(System.Globalization.CultureInfo.InvariantCulture),
        _ => vocabulary.Word(chance),
    };

    // Left out of the prose that is searched: it stays the words that are counted above.
    private static List<string> WithSubheads(List<string> paragraphs, Random chance, string[] cast) => paragraphs.Count < 8
        ? paragraphs
        : [.. paragraphs.SelectMany((paragraph, i) => i % 5 == 4 ? [$"## What {cast[chance.Next(cast.Length)]} said", paragraph] : new[] { paragraph })];

    private static string WithBlocks(List<string> paragraphs, int[] leadsTo)
    {
        if (leadsTo.Length == 0)
            return string.Join("\n\n", paragraphs);

        var copy = new List<string>(paragraphs);
        foreach (var (place, to) in leadsTo.Index())
            copy.Insert(Math.Min(copy.Count, 2 + (place * 4)), string.Create(null, $"READ MORE: story:{to}"));
        return string.Join("\n\n", copy);
    }

    /// <summary>The first of many far more often than the last.</summary>
    private static int Skewed(Random chance, int count) => Math.Min(count - 1, (int)Math.Pow(count + 1, chance.NextDouble()) - 1);
}
