using LondonDefender.Archive;

namespace LondonDefender.Benchmarks;

/// <summary>One kind of question that readers ask, and how to invent another of the kind.</summary>
public sealed record SearchQuestions(string Name, Func<Random, SearchQuery> Ask)
{
    public static IReadOnlyList<SearchQuestions> Kinds(int stories, Vocabulary vocabulary)
    {
        return
        [
            new("a rare word", chance => new() { Words = Rare(chance) }),
            new("a word of the middle", chance => new() { Words = vocabulary.WordAt(chance.Next(600, vocabulary.Count)) }),
            new("a frequent word", chance => new() { Words = Frequent(chance) }),
            new("a rare and a frequent word", chance => new() { Words = $"{Rare(chance)} {Frequent(chance)}" }),
            new("two frequent words", chance => new() { Words = $"{Frequent(chance)} {Frequent(chance)}" }),
            new("a phrase in quotes", chance => new() { Words = $"\"{Phrase(chance)}\"" }),
            new("a typing mistake", chance => new() { Words = Mistyped(Rare(chance), chance) }),
            new("a word in a section", chance => new() { Words = Frequent(chance), Section = $"section-{chance.Next(BigPaper.Sections) + 1}" }),
            new("a word in a topic", chance => new() { Words = Frequent(chance), Topic = $"topic-{chance.Next(BigPaper.Topics) + 1}" }),
            new("a word by a writer", chance => new() { Words = Frequent(chance), Writer = $"writer-{chance.Next(BigPaper.Writers) + 1}" }),
            new("a word in a month", chance => Days(Frequent(chance), chance, 30)),
            new("a word in three years", chance => Days(Frequent(chance), chance, 1_000)),
            new("filters without a word", chance => new() { Topic = $"topic-{chance.Next(20) + 1}", Section = $"section-{chance.Next(BigPaper.Sections) + 1}" }),
            new("newest first", chance => new() { Words = Frequent(chance), NewestFirst = true }),
            new("a deep page", chance => new() { Words = Frequent(chance), Page = chance.Next(8, 16) }),
            new("nothing to be found", chance => new() { Words = "qx" + chance.Next(100_000_000).ToString("x", System.Globalization.CultureInfo.InvariantCulture) }),
        ];

        string Rare(Random chance)
        {
            var headline = Story(chance).Headline;
            return headline[..headline.IndexOf(' ', StringComparison.Ordinal)];
        }

        string Frequent(Random chance) => vocabulary.WordAt(chance.Next(40, 400));

        string Phrase(Random chance)
        {
            var words = Story(chance).Prose.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries);
            var start = chance.Next(words.Length - 3);
            return string.Join(' ', words[start..(start + 2 + chance.Next(2))]).Trim('.', ',');
        }

        InventedStory Story(Random chance) => InventedStory.At(1 + chance.Next(stories), stories, vocabulary);
    }

    private static SearchQuery Days(string words, Random chance, int days)
    {
        var first = DateOnly.FromDateTime(BigPaper.Now.UtcDateTime).AddDays(-days - chance.Next(4_000));
        return new() { Words = words, From = first, To = first.AddDays(days) };
    }

    private static string Mistyped(string word, Random chance)
    {
        var at = 1 + chance.Next(word.Length - 2);
        return chance.Next(4) switch
        {
            0 => word[..at] + word[at + 1] + word[at] + word[(at + 2)..],
            1 => word[..at] + word[(at + 1)..],
            2 => word[..at] + 'x' + word[at..],
            _ => word[..at] + 'x' + word[(at + 1)..],
        };
    }
}
