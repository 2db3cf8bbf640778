using System.Globalization;
using System.Text;

namespace LondonDefender.Wire.MovingIn;

/// <summary>What an import made of an old paper, or would make of it, and everything that was lost on the way.</summary>
public sealed class MoveReport(MoveRequest options, string source)
{
    /// <summary>In characters: a report that nobody could open helps nobody.</summary>
    private const int Longest = 20_000_000;

    internal const string Draft = "draft", LeftOut = "left out";

    private readonly List<Entry> entries = [];
    private readonly List<string> notes = [];

    public string Source => source;
    public string Kind { get; set; } = "";
    public int Found { get; set; }

    /// <summary>Where the time went.</summary>
    public string Took { get; set; } = "";

    public int PicturesTaken { get; set; }
    public IReadOnlyDictionary<string, int> NotTaken { get; set; } = new Dictionary<string, int>();

    public int Losses => entries.Sum(entry => entry.Losses.Count);

    public void Note(string sentence) => notes.Add(sentence);

    internal void Add(string headline, string address, string fate, IReadOnlyList<string> losses, IReadOnlyList<Loss>? kinds = null)
    {
        // A batch is converted while the one before it is written.
        lock (entries)
            entries.Add(new(headline, address, fate, losses, kinds?.Select(loss => loss.Kind).Distinct().ToList() ?? []));
    }

    public string Summary
    {
        get
        {
            var fates = string.Join(", ", entries.CountBy(entry => entry.Fate).OrderByDescending(fate => fate.Value).Select(fate => $"{Number(fate.Value)} {(fate.Value > 1 && fate.Key == Draft ? "drafts" : fate.Key)}"));
            return $"{Kind}: {Number(Found)} {(Found == 1 ? "story" : "stories")}{(fates.Length > 0 ? $" ({fates})" : "")}, {Number(PicturesTaken)} {(options.IsDryRun ? "pictures to fetch" : "pictures")}, {Number(Losses)} {(Losses == 1 ? "loss" : "losses")}.";
        }
    }

    /// <summary>How many stories lost what, most first.</summary>
    public IEnumerable<(string Kind, int Stories)> ByKind() =>
        entries.SelectMany(entry => entry.Kinds).CountBy(kind => kind).OrderByDescending(kind => kind.Value).ThenBy(kind => kind.Key, StringComparer.Ordinal).Select(kind => (kind.Key, kind.Value));

    public override string ToString()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"# Moving in: {source}{(options.IsDryRun ? " (a dry run: nothing was written)" : "")}\n\n{Summary}\n");
        foreach (var note in notes)
            text.Append('\n').Append(note).Append('\n');

        List(text, "Not taken in", NotTaken.Select(left => $"{Number(left.Value)} × {left.Key}"));
        List(text, "Losses by kind", ByKind().Select(kind => $"{kind.Kind}: {Number(kind.Stories)} {(kind.Stories == 1 ? "story" : "stories")}"));
        text.Append("\n## Story by story\n");
        foreach (var entry in entries.OrderByDescending(entry => entry.Losses.Count > 0))
        {
            if (text.Length > Longest)
            {
                text.Append("\nThe report ends here: it would be longer than 20 million characters.\n");
                break;
            }

            text.Append(CultureInfo.InvariantCulture, $"\n{(entry.Headline.Length > 0 ? entry.Headline : "(without a headline)")}\n  {entry.Address}{entry.Fate}\n");
            foreach (var loss in entry.Losses)
                text.Append("  - ").Append(loss).Append('\n');
        }

        return text.ToString();
    }

    private static void List(StringBuilder text, string title, IEnumerable<string> lines)
    {
        var all = lines.ToList();
        if (all.Count == 0)
            return;

        text.Append(CultureInfo.InvariantCulture, $"\n## {title}\n\n");
        foreach (var line in all)
            text.Append("- ").Append(line).Append('\n');
    }

    internal static string Number(int number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private sealed record Entry(string Headline, string Address, string Fate, IReadOnlyList<string> Losses, IReadOnlyList<string> Kinds);
}

/// <summary>How far an import has come.</summary>
public readonly record struct MoveProgress(int Done, int Found);
