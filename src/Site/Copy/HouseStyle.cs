using System.Text.RegularExpressions;

namespace LondonDefender.Copy;

/// <param name="From">Where it stands in the text, and how long it is.</param>
/// <param name="Why">A reason, where the list gives one.</param>
public sealed record StyleRemark(int From, int Length, string Written, string Better, string Why);

/// <summary>What a paper writes and what it does not, from a plain list of "write X, not Y".</summary>
public sealed partial class HouseStyle
{
    /// <summary>More is no remark any more but a lecture.</summary>
    public const int MostRemarks = 50;

    /// <summary>Of a text longer than a newspaper page the beginning is looked at.</summary>
    private const int LongestRead = 100_000;

    private readonly Dictionary<string, Rule> rules = new(StringComparer.OrdinalIgnoreCase);
    private readonly Regex? wrong;

    private sealed record Rule(string Better, string Wrong, string Why)
    {
        /// <summary>"write Nato, not NATO": only the capitals are wrong.</summary>
        public bool IsOfCapitals => Better.Equals(Wrong, StringComparison.OrdinalIgnoreCase);
    }

    private HouseStyle(IEnumerable<Rule> rules)
    {
        foreach (var rule in rules)
            this.rules.TryAdd(rule.Wrong, rule);
        // The longest first: "in spite of the fact that" before anything shorter in it.
        var words = this.rules.Keys.OrderByDescending(word => word.Length).Select(word => Regex.Escape(word).Replace(@"\ ", @"[ \u00A0\n]", StringComparison.Ordinal).Replace("'", "['’]", StringComparison.Ordinal));
        wrong = this.rules.Count == 0 ? null : new($@"(?<![\p{{L}}\p{{N}}£])(?:{string.Join('|', words)})(?![\p{{L}}\p{{N}}]|-\p{{L}})", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.Compiled, TimeSpan.FromSeconds(10));
    }

    public int Rules => rules.Count;

    /// <summary>Lines that are no rule are passed over, whatever they say.</summary>
    public static HouseStyle Read(string list) => new(Line().Matches(list).SelectMany(line =>
        line.Groups["wrong"].Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(wrong => new Rule(line.Groups["better"].Value.Trim(), wrong, line.Groups["why"].Value.Trim()))));

    /// <summary>In the order of the text. Links' addresses and what stands between colons are nobody's prose.</summary>
    public IReadOnlyList<StyleRemark> On(string markdown)
    {
        if (wrong is null)
            return [];

        markdown = PlainWords.Cut(markdown, LongestRead);
        var passedOver = NoProse().Matches(markdown).Select(match => (From: match.Index, To: match.Index + match.Length)).ToList();
        return
        [
            .. wrong.Matches(markdown)
                .Where(match => !passedOver.Exists(part => match.Index < part.To && match.Index + match.Length > part.From))
                .Select(match => RemarkOn(match, StartsSentence().IsMatch(markdown[Math.Max(0, match.Index - 8)..match.Index]))).OfType<StyleRemark>().Take(MostRemarks),
        ];
    }

    private StyleRemark? RemarkOn(Match match, bool startsSentence)
    {
        var written = match.Value;
        // Capitals of other alphabets count as ours to the expression, and not to the list.
        if (!rules.TryGetValue(Spaces().Replace(written.Replace('’', '\''), " "), out var rule))
            return null;
        if (rule.IsOfCapitals)
            return written == rule.Wrong && !(startsSentence && char.IsLower(rule.Better[0])) ? new(match.Index, written.Length, written, rule.Better, rule.Why) : null;
        // A rule with a capital of its own means just that: "Web site" is one thing, "COVID" another.
        if (rule.Wrong.Any(char.IsUpper) && !written.Equals(rule.Wrong, StringComparison.Ordinal))
            return null;
        // A name: Sue Gray, the Kennedy Center.
        if (char.IsUpper(written[0]) && char.IsLower(rule.Wrong[0]) && !startsSentence)
            return null;

        var better = char.IsUpper(written[0]) && char.IsLower(rule.Better[0]) ? char.ToUpperInvariant(rule.Better[0]) + rule.Better[1..] : rule.Better;
        return new(match.Index, written.Length, written, better, rule.Why);
    }

    [GeneratedRegex(@"^write (?<better>[^,\n]+), not (?<wrong>.+?)(?: — (?<why>.+?))?[ \t\r]*$", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Line();

    [GeneratedRegex(@"\]\([^)\n]*\)|https?://\S+|^ {0,3}:{3,}.*$|`[^`\n]+`", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex NoProse();

    [GeneratedRegex(@"(?:^|[.!?:“‘""(\n][ \t\n#>*_-]*)$")]
    private static partial Regex StartsSentence();

    [GeneratedRegex(@"[\s\u00A0]+")]
    private static partial Regex Spaces();
}
