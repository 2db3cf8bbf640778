using System.Text.RegularExpressions;

namespace LondonDefender.ReadMore;

/// <param name="Words">As the text writes it, without title.</param>
public sealed record NamedInText(string Words, NameKind Kind, int Times);

public enum NameKind
{
    /// <summary>Somebody or something; which of them the text does not say.</summary>
    Name,
    Person,
    Place,
}

/// <summary>
/// People and places a text names: runs of capitalised words that are capitalised for their own sake, not for a sentence's. No list of
/// the world's names stands behind it; what is a place is told by the words before it, who is a person by a title or two names.
/// </summary>
public static partial class NamesInText
{
    private const int Most = 40;

    private static readonly HashSet<string> Titles = ["Mr", "Mrs", "Ms", "Miss", "Dr", "Sir", "Dame", "Lord", "Lady", "Prof", "Professor", "President", "Chancellor", "Judge", "Captain", "Sergeant", "Inspector", "Father", "Bishop", "Prince", "Princess", "Queen", "King"];

    private static readonly HashSet<string> NoNames =
    [
        "I", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday", "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
    ];

    private static readonly HashSet<string> Within = ["of", "de", "del", "della", "di", "da", "dos", "du", "la", "le", "van", "von", "der", "den", "ter", "bin", "al", "el", "upon", "under", "on"];

    private static readonly HashSet<string> BeforePlaces = ["in", "near", "outside", "across", "around", "off", "towards", "into", "throughout", "leaving", "reaching"];

    private static readonly HashSet<string> Bodies =
    [
        "Office", "Bank", "Party", "Council", "Ministry", "Department", "University", "College", "School", "Union", "Court", "Company", "Ltd", "Limited", "House", "Committee", "Commission", "Police", "Service",
        "Institute", "Group", "Agency", "Association", "League", "Club", "City", "United", "Society", "Trust", "Board", "Authority", "Fund", "Army", "Navy", "Church", "Museum", "Theatre", "Hospital", "Act", "Inquiry", "Water", "Energy",
    ];

    private static readonly HashSet<string> OfPlaces = ["Street", "Road", "Lane", "Square", "River", "Bay", "Island", "Islands", "Valley", "Hill", "Hills", "Harbour", "Quay", "Bridge", "Park", "Wood", "Forest", "Lake", "Sea", "Coast", "North", "South", "East", "West"];

    /// <param name="dateline">A place, whatever stands around it.</param>
    public static IReadOnlyList<NamedInText> Read(string text, string dateline = "")
    {
        var found = Runs(text).ToList();
        var certain = found.Where(run => !run.IsAtStart).SelectMany(run => run.Words).ToHashSet(StringComparer.Ordinal);
        var lower = LowerWord().Matches(text).Select(word => word.Value).ToHashSet(StringComparer.Ordinal);
        var runs = found.Select(run => run.WithoutStart(certain, lower)).OfType<Run>().ToList();
        var longNames = runs.Select(run => run.Name).Where(name => name.Contains(' ', StringComparison.Ordinal)).Distinct().ToList();

        return
        [
            .. runs.GroupBy(run => WholeOf(run.Name, longNames), StringComparer.Ordinal)
                .Select(group => new NamedInText(group.Key, KindOf(group.Key, [.. group], dateline), group.Count()))
                .OrderByDescending(name => name.Times).ThenByDescending(name => name.Words.Length).Take(Most),
        ];
    }

    /// <summary>Whoever was named in full once is the same further down.</summary>
    private static string WholeOf(string name, List<string> longNames) =>
        name.Contains(' ', StringComparison.Ordinal) ? name : longNames.Find(whole => whole.EndsWith($" {name}", StringComparison.Ordinal)) ?? name;

    private static NameKind KindOf(string name, Run[] runs, string dateline)
    {
        var words = name.Split(' ');
        if (name.Equals(dateline, StringComparison.OrdinalIgnoreCase) || OfPlaces.Contains(words[^1]) || runs.Count(run => BeforePlaces.Contains(run.Before)) * 2 > runs.Length)
            return NameKind.Place;
        if (words.Any(Bodies.Contains) || words.Contains("of"))
            return NameKind.Name;

        return words.Length > 1 || runs.Any(run => run.HasTitle) ? NameKind.Person : NameKind.Name;
    }

    private sealed record Run(string[] Words, string Before, bool IsAtStart, bool HasTitle)
    {
        public string Name => string.Join(' ', Words);

        /// <summary>Every sentence begins with a capital: its first word is part of a name only where that is told elsewhere, or by what follows.</summary>
        public Run? WithoutStart(HashSet<string> certain, HashSet<string> lower)
        {
            var isName = !IsAtStart || certain.Contains(Words[0]) || (Words.Length > 1 && !lower.Contains(Words[0].ToLowerInvariant()) && !Opening().IsMatch(Words[0]));
            var words = (isName ? Words : Words[1..]).SkipWhile(Within.Contains).ToArray();
            return words.Length == 0 || (words.Length == 1 && (NoNames.Contains(words[0]) || words[0].Length < 3)) ? null : this with { Words = words };
        }
    }

    private static IEnumerable<Run> Runs(string text)
    {
        List<string> run = [];
        var (before, last, isAtStart, startsSentence, hasTitle) = ("", "", true, true, false);
        foreach (var token in Token().Matches(text).Select(match => match.Value).Append("."))
        {
            var isName = char.IsUpper(token[0]);
            // "in Haumeford on Monday" names a place and a day.
            if (NoNames.Contains(token) && run.Count > 0 && Within.Contains(run[^1]))
            {
                yield return Ended(run, before, isAtStart, hasTitle || Titles.Contains(before))!;
                run.Clear();
            }

            if (isName && run.Count == 0)
                (before, isAtStart, hasTitle) = (last, startsSentence, false);
            if (isName && Titles.Contains(token) && run.Count == 0)
                (hasTitle, startsSentence, last) = (true, false, token);
            else if (isName)
                run.Add(token);
            else if (run.Count == 0 || !Within.Contains(token))
            {
                if (Ended(run, before, isAtStart, hasTitle || Titles.Contains(before)) is { } ended)
                    yield return ended;
                run.Clear();
            }
            else
            {
                run.Add(token);
            }

            if (!(isName && Titles.Contains(token)))
                startsSentence = SentenceEnd().IsMatch(token);
            last = token;
        }
    }

    private static Run? Ended(List<string> run, string before, bool isAtStart, bool hasTitle)
    {
        while (run.Count > 0 && !char.IsUpper(run[^1][0]))
            run.RemoveAt(run.Count - 1);

        return run.Count == 0 ? null : new([.. run.Select(word => Possessive().Replace(word, ""))], before.ToLowerInvariant(), isAtStart && !hasTitle, hasTitle);
    }

    [GeneratedRegex(@"[\p{L}\p{N}][\p{L}\p{M}\p{N}]*(?:['’\-.][\p{L}\p{N}]+)*|\n\s*\n|[.!?…:;,“”""()\[\]–—|]")]
    private static partial Regex Token();

    [GeneratedRegex(@"^(?:[.!?…:“""|(]|\n)")]
    private static partial Regex SentenceEnd();

    [GeneratedRegex(@"['’]s$")]
    private static partial Regex Possessive();

    [GeneratedRegex(@"(?<![\p{L}\p{N}])\p{Ll}[\p{L}\p{M}]+")]
    private static partial Regex LowerWord();

    [GeneratedRegex("^(?:The|A|An|And|But|Or|In|On|At|By|For|From|With|Of|To|As|If|When|While|After|Before|Since|Until|Under|Over|Now|Then|There|Here|This|That|These|Those|It|Its|He|She|They|We|You|His|Her|Their|Our|My|Not|No|Yes|So|Yet|Both|Also|Last|Next|One|Two|Three|Some|Many|Most|All|Each|Every|Only|Even|Still|Just|Former|Meanwhile|Yesterday|Today|Tomorrow|Earlier|Later|According|Despite|During|About|Like|What|Why|How|Who|Where|Which|Whose|Asked|Speaking|Read|Both)$")]
    private static partial Regex Opening();
}
