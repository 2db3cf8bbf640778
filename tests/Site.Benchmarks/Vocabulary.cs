using System.Text.RegularExpressions;

namespace LondonDefender.Benchmarks;

/// <summary>The words invented stories are made of: the demo edition's own, as often as they stand there, and a great many names.</summary>
public sealed partial class Vocabulary
{
    /// <summary>So many people and places are talked about; the first of them all the time, the last of them hardly ever.</summary>
    public const int Names = 150_000;

    private static readonly string[] Beginnings =
        "Ald Ash Bram Bel Cal Car Dun Dor Ell Ever Fal Fen Gal Gor Had Hal Ing Jar Kel Kings Lan Lor Mal Mar Nor Nether Ol Pem Pol Quar Ran Ros Sal Sed Tar Thor Ul Ver Wal Wend".Split(' ');

    private static readonly string[] Middles =
        "a an ar e el en er es i il in is o ol on or os u ul un ur".Split(' ');

    private static readonly string[] Ends =
        ("bach beck berg borne bourne bridge brook burn bury by camp caster church cliffe combe cote croft dale dean den don dyke ey fell field firth fold ford fort gate grave grove gill hall ham haven hay head "
            + "heath hill holme hope hurst ing keld kirk lake land law leigh lock low man marsh mere mill minster moor mouth ness nick park pool port quay ridge rigg sand sea set shaw shot side sley snape stead sted "
            + "stoke stone stow strand thorpe thwaite toft ton tree vale ville wald wall ward wath well wick wold wood worth wright yard").Split(' ');

    private readonly string[] words;
    private readonly double[] upTo;

    private Vocabulary(string[] words, double[] upTo) => (this.words, this.upTo) = (words, upTo);

    public static Vocabulary OfTheDemoEdition()
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "Wire", "DemoEdition");
        var counted = Directory.EnumerateFiles(folder, "*.md").Order(StringComparer.Ordinal)
            .SelectMany(file => Word().Matches(Prose(File.ReadAllText(file))))
            .CountBy(word => word.Value)
            .OrderByDescending(word => word.Value).ThenBy(word => word.Key, StringComparer.Ordinal)
            .ToList();

        var sum = 0d;
        return new([.. counted.Select(word => word.Key)], [.. counted.Select(word => sum += word.Value)]);
    }

    public string Word(Random chance)
    {
        var at = Array.BinarySearch(upTo, chance.NextDouble() * upTo[^1]);
        return words[Math.Min(at < 0 ? ~at : at, words.Length - 1)];
    }

    /// <summary>The word of that place, counted from the most frequent.</summary>
    public string WordAt(int rank) => words[rank];

    public int Count => words.Length;

    /// <summary>By Zipf's law: the second name is met half as often as the first.</summary>
    public static string Name(Random chance) => NameAt((int)Math.Pow(Names, chance.NextDouble()) - 1);

    public static string NameAt(int number)
    {
        // Scattered, so that names that are met often are not alike.
        var scattered = (int)((number * 7_919L) % Names);
        var end = Ends[scattered % Ends.Length];
        var middle = Middles[scattered / Ends.Length % Middles.Length];
        var beginning = Beginnings[scattered / Ends.Length / Middles.Length % Beginnings.Length];
        return beginning + middle + end + (scattered / Ends.Length / Middles.Length / Beginnings.Length == 0 ? "" : "s");
    }

    private static string Prose(string markdown) => string.Join('\n', markdown.Split("\n---\n", 2)[^1].Split('\n').Where(line => !Label().IsMatch(line)));

    [GeneratedRegex("^[A-Z’' ]+:")]
    private static partial Regex Label();

    [GeneratedRegex("(?<![A-Za-z’])[a-z]+(?:’[a-z]+)?")]
    private static partial Regex Word();
}
