using System.Globalization;
using System.Text.RegularExpressions;
using LondonDefender.Copy;

namespace LondonDefender.Wire.MovingIn;

/// <summary>Finds, among paragraphs of an old text, those that lead to another story, in whichever words each paper wrote them.</summary>
internal sealed partial class ReadMoreLines(ReadMoreLabels labels, OldLinks links)
{
    private readonly Regex? ours = labels.Labels.Count == 0 ? null : new($@"(?:^|\n)[ \t]*(?={labels.Pattern}[ \t]*:)", RegexOptions.CultureInvariant);
    private readonly Regex? oursAtStart = labels.Labels.Count == 0 ? null : new($@"^(?<mark>\*{{0,3}})(?<label>{labels.Pattern})(?:\k<mark>[ \t]*:|[ \t]*:\k<mark>|[ \t]*:)[ \t]*(?<rest>.*)$", RegexOptions.CultureInvariant);

    /// <summary>Such a line ends the one before it, though the source only ends a line there.</summary>
    public string ApartFromLabels(string text, char end) =>
        ours is null || !text.Contains('\n', StringComparison.Ordinal) ? text : ours.Replace(text, match => match.Value.Contains('\n', StringComparison.Ordinal) ? end.ToString() : match.Value);

    public string To(int id, string words) => $"{Label("")}: {Target(id, Signs.Inline(words))}";

    public bool IsBlock(string block) => oursAtStart?.IsMatch(block) == true;

    /// <summary>The lines of one paragraph, those that lead on as blocks of their own.</summary>
    public IEnumerable<string> Parted(List<string> rows, Func<string, string?> bareAddress)
    {
        List<string> prose = [];
        foreach (var row in rows)
        {
            if ((AsBlock(row) ?? bareAddress(row)) is not { } block)
            {
                prose.Add(row);
                continue;
            }

            if (prose.Count > 0)
                yield return string.Join("\\\n", prose);
            prose.Clear();
            yield return block;
        }

        if (prose.Count > 0)
            yield return string.Join("\\\n", prose);
    }

    /// <summary>The line as the paper writes it; null for a line that leads nowhere.</summary>
    public string? AsBlock(string row)
    {
        if (labels.Labels.Count == 0)
            return null;
        if (oursAtStart!.Match(row) is { Success: true } own)
            return $"{own.Groups["label"].Value}: {Rest(own.Groups["rest"].Value, own.Groups["mark"].Value) ?? Bare(own.Groups["rest"].Value, own.Groups["mark"].Value)}".TrimEnd();

        var match = Usual().Match(row);
        if (!match.Success)
            return null;

        var (words, rest) = (match.Groups["label"].Value, match.Groups["rest"].Value);
        if (Rest(rest, match.Groups["mark"].Value) is { } target)
            return $"{Label(words)}: {target}";

        return links.StoryOfHeadline(Bare(rest, match.Groups["mark"].Value).Replace("\\", "", StringComparison.Ordinal)) is { } id ? $"{Label(words)}: story:{id}" : null;
    }

    /// <summary>A label alone, or a heading of its sense, and a list of links below it: one block.</summary>
    public IEnumerable<string> JoinLists(List<string> blocks)
    {
        for (var i = 0; i < blocks.Count; i++)
        {
            if (i + 1 < blocks.Count && LabelAlone(blocks[i]) is { } label && AsTargets(blocks[i + 1]) is { } targets)
            {
                yield return $"{label}:\n\n{targets}";
                i++;
            }
            else
            {
                yield return blocks[i];
            }
        }
    }

    private string? LabelAlone(string block) => labels.Labels.Count > 0 && Heading().Match(block) is { Success: true } heading ? Label(heading.Groups["label"].Value) : null;

    private string? AsTargets(string list)
    {
        List<string> targets = [];
        foreach (var item in list.Split('\n'))
        {
            if (!item.StartsWith("- ", StringComparison.Ordinal) || Rest(item[2..], "") is not { } target)
                return null;

            targets.Add("- " + target);
        }

        return string.Join('\n', targets);
    }

    /// <summary>What stands behind the colon, where it is one link and nothing else.</summary>
    private string? Rest(string rest, string mark)
    {
        if (OnlyLink().Match(Bare(rest, mark)) is not { Success: true } link)
            return null;

        var (words, to) = (Bold().Replace(link.Groups["words"].Value, ""), link.Groups["to"].Value.Trim('<', '>'));
        return to.StartsWith("story:", StringComparison.Ordinal) && int.TryParse(to["story:".Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? Target(id, words) : $"[{words}]({to})";
    }

    private string Target(int id, string words)
    {
        var plain = words.Replace("\\", "", StringComparison.Ordinal).Trim();
        return plain.Length == 0 || links.IsHeadlineOf(id, plain) || plain.StartsWith("http", StringComparison.Ordinal) ? $"story:{id}" : $"[{words.Trim()}](story:{id})";
    }

    private static string Bare(string rest, string mark) =>
        (mark.Length > 0 && rest.EndsWith(mark, StringComparison.Ordinal) && !rest.StartsWith(mark, StringComparison.Ordinal) ? rest[..^mark.Length] : rest).Trim();

    /// <summary>The paper's own label that comes nearest to an old one.</summary>
    private string Label(string written)
    {
        var capitals = written.Replace('’', '\'').ToUpperInvariant();
        var wanted = capitals.StartsWith("RELATED", StringComparison.Ordinal) ? "RELATED" : capitals;
        return (labels.Labels.FirstOrDefault(label => label.Replace('’', '\'').ToUpperInvariant() == wanted) ?? labels.Labels[0]).ToUpperInvariant();
    }

    private const string Words = @"read (?:more|also|next|on)|also read|see also|related(?: (?:stor(?:y|ies)|articles?|posts?|reading|coverage|news))?|more on this(?: story)?|recommended(?: reading)?|don['’]t miss|you may also like|must read|keep reading|further reading|just in|watch|listen";

    [GeneratedRegex($@"^(?<mark>\*{{0,3}})\[?(?<label>{Words})(?:\k<mark>[ \t]*[:–—>»]|[ \t]*[:–—>»]+\k<mark>|[ \t]*[:–—>»]+)[ \t]*(?<rest>.+)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Usual();

    [GeneratedRegex($@"^(?:\#{{2,4}} )?\*{{0,3}}(?<label>{Words})[ \t]*:?\*{{0,3}}:?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Heading();

    [GeneratedRegex(@"^\*{0,3}\[(?<words>(?:[^\[\]\\]|\\.)+)\]\((?<to><[^<>]+>|[^()\s]+(?:\([^()\s]*\)[^()\s]*)*)\)\*{0,3}[.»›>→]?$")]
    private static partial Regex OnlyLink();

    [GeneratedRegex(@"^\*{1,3}|\*{1,3}$")]
    private static partial Regex Bold();
}
