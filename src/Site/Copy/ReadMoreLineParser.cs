using System.Text.RegularExpressions;
using Markdig.Helpers;
using Markdig.Parsers;
using Markdig.Syntax;

namespace LondonDefender.Copy;

/// <summary>The line that opens a READ MORE block: its label, and what is written after the colon.</summary>
internal sealed class ReadMoreLabelLine(BlockParser parser) : LeafBlock(parser)
{
    public required string Label { get; init; }

    public bool StandsAlone => !ProcessInlines;
}

/// <summary>Recognises a READ MORE line wherever a paragraph could begin, and also in the middle of one: wire copy seldom has blank lines.</summary>
internal sealed class ReadMoreLineParser : BlockParser
{
    private readonly ReadMoreLabels labels;
    private readonly Regex opening;

    public ReadMoreLineParser(ReadMoreLabels labels)
    {
        this.labels = labels;
        opening = new Regex(
            $@"^(?<mark>\*{{1,3}}|_{{1,3}})?(?<label>{labels.Pattern})(?:(?<closed>\k<mark>):|:(?<closed>\k<mark>)|:)",
            RegexOptions.CultureInvariant);
        OpeningCharacters = [.. labels.FirstLetters.Append('*').Append('_').Distinct()];
    }

    public override BlockState TryOpen(BlockProcessor processor)
    {
        if (processor.IsCodeIndent || IsInList(processor.GetCurrentContainerOpened()))
            return BlockState.None;

        var line = processor.Line;
        var match = opening.Match(line.Text, line.Start, line.Length);
        if (!match.Success)
            return BlockState.None;

        line.Start += match.Length;
        line.Trim();
        if (match.Groups["mark"].Success && !match.Groups["closed"].Success && !TryCloseAtEnd(ref line, match.Groups["mark"].Value))
            return BlockState.None;

        processor.Line = line;
        processor.NewBlocks.Push(new ReadMoreLabelLine(this)
        {
            Label = labels.Shown(match.Groups["label"].Value),
            Column = processor.Column,
            Span = new SourceSpan(line.Start, line.End),
            ProcessInlines = !line.IsEmpty,
        });
        return line.IsEmpty ? BlockState.BreakDiscard : BlockState.Break;
    }

    private static bool IsInList(ContainerBlock? container)
    {
        for (; container is not null; container = container.Parent)
        {
            if (container is ListItemBlock)
                return true;
        }

        return false;
    }

    // Pasted copy often sets the whole line in bold, the headline included.
    private static bool TryCloseAtEnd(ref StringSlice line, string mark)
    {
        if (!line.AsSpan().EndsWith(mark, StringComparison.Ordinal))
            return false;

        line.End -= mark.Length;
        line.TrimEnd();
        return true;
    }
}
