using Markdig.Parsers;
using Markdig.Syntax;

namespace LondonDefender.Copy;

/// <summary>
/// Recognises news elements. Only an entry may hold others, so a line that opens one ends any element left open before it:
/// a closing line forgotten high up does not swallow the story.
/// </summary>
internal sealed class NewsElementParser : BlockParser
{
    public NewsElementParser() => OpeningCharacters = [':'];

    public override BlockState TryOpen(BlockProcessor processor)
    {
        if (processor.IsCodeIndent || ElementOpening.WordsOf(processor.Line) is not { } words)
            return BlockState.None;

        var span = new SourceSpan(processor.Start, processor.Line.End);
        if (words.Length == 0)
        {
            processor.NewBlocks.Push(new StrayFence(this) { Column = processor.Column, Span = span });
            return BlockState.BreakDiscard;
        }

        processor.NewBlocks.Push(new NewsElement(this)
        {
            Opening = ElementOpening.Read(words),
            IsMisplaced = !MayHoldElements(processor.GetCurrentContainerOpened()),
            Column = processor.Column,
            Span = span,
        });
        return BlockState.ContinueDiscard;
    }

    public override BlockState TryContinue(BlockProcessor processor, Block block)
    {
        var element = (NewsElement)block;
        var words = processor.IsCodeIndent || element.LastChild is FencedCodeBlock { ClosingFencedCharCount: 0 } ? null : ElementOpening.WordsOf(processor.Line);

        if (words is { Length: > 0 } && Ends(element, words))
            return BlockState.None;
        if (words is not { Length: 0 } || element.LastChild is NewsElement { HasEnded: false })
            return GoOn(processor);

        element.IsClosed = true;
        element.UpdateSpanEnd(processor.Line.End);
        return BlockState.BreakDiscard;
    }

    public override bool Close(BlockProcessor processor, Block block)
    {
        if (block is NewsElement element)
            element.HasEnded = true;
        return true;
    }

    private static BlockState GoOn(BlockProcessor processor)
    {
        processor.GoToColumn(processor.ColumnBeforeIndent);
        return BlockState.Continue;
    }

    private static bool Ends(NewsElement element, string opening) =>
        element.Kind != ElementKind.Entry || ElementOpening.Read(opening).Kind == ElementKind.Entry;

    private static bool MayHoldElements(ContainerBlock? container) =>
        container is MarkdownDocument or NewsElement { Kind: ElementKind.Entry, IsMisplaced: false };
}

/// <summary>Recognises the line that begins with a dash in what somebody said.</summary>
internal sealed class AttributionParser : BlockParser
{
    public AttributionParser() => OpeningCharacters = ['—', '–', '-'];

    public override BlockState TryOpen(BlockProcessor processor)
    {
        if (processor.IsCodeIndent || processor.GetCurrentContainerOpened() is not NewsElement { Kind: ElementKind.Quote or ElementKind.Said })
            return BlockState.None;

        var line = processor.Line;
        line.Start += line.CurrentChar != '-' ? 1 : line.PeekChar() == '-' ? 2 : 0;
        line.Trim();
        if (line.Start == processor.Line.Start || line.IsEmpty || line.CurrentChar is '-' or '—')
            return BlockState.None;

        processor.Line = line;
        processor.NewBlocks.Push(new AttributionLine(this) { Column = processor.Column, Span = new SourceSpan(line.Start, line.End), ProcessInlines = true });
        return BlockState.Break;
    }
}
