using Markdig.Extensions.Tables;
using Markdig.Syntax;

namespace LondonDefender.Copy;

/// <summary>Why an element cannot be set as one, as the rest of a sentence that begins with the line that opens it.</summary>
internal static class ElementFault
{
    public static string? In(NewsElement element) => element switch
    {
        { Kind: ElementKind.Unknown } => "is no element. Write quote, key points, facts, timeline, q&a, list, table, said or entry after the colons.",
        { IsMisplaced: true } => "stands in a list or a quotation. An element stands between paragraphs, or in an entry.",
        { Kind: ElementKind.Entry, Opening.Moment: null } => "does not say when. Write the day and the time after the word, as in ::: entry 2021-11-19 14:05 Headline.",
        { Kind: ElementKind.Entry } => null,
        { IsClosed: false } => "is never closed, so it is shown as prose. Write ::: on a line of its own below it.",
        { Count: 0 } => "holds nothing. Write between it and the line with ::: alone.",
        _ => FaultOfShape(element),
    };

    private static string? FaultOfShape(NewsElement element) => element.Kind switch
    {
        ElementKind.Quote or ElementKind.Said when element.Opening.Title.Length > 0 => "takes no title. Write the words on the lines below it.",
        ElementKind.Quote when !IsQuotation(element, block => block is ParagraphBlock) => "takes paragraphs, and last who said it: — Name, role.",
        ElementKind.Said when !IsQuotation(element, IsWordsAlone) => "takes paragraphs, and last who said it: — [Name](https://…), 3 May 2021.",
        ElementKind.KeyPoints or ElementKind.Timeline when element is not [ListBlock] => "takes a list and nothing else.",
        ElementKind.Numbered when element is not [ListBlock { IsOrdered: true }] => "takes a numbered list and nothing else: 1. **Heading** words.",
        ElementKind.Questions when element[0] is not ParagraphBlock first || Lead.AsQuestion(first) is null => "has to begin with a question in bold, such as **What happened?**",
        ElementKind.Table when element is not [Table, ..] || element.Skip(1).Any(block => block is not ParagraphBlock) => "takes a table, and below it a note on its source.",
        _ => null,
    };

    // A block would part what somebody said in two, also from inside a quotation of theirs.
    private static bool IsWordsAlone(Block block) =>
        block is ParagraphBlock or ListBlock or QuoteBlock && !block.Descendants().OfType<ReadMoreLabelLine>().Any();

    private static bool IsQuotation(NewsElement element, Func<Block, bool> isWords) =>
        isWords(element[0]) && element.SkipLast(1).All(isWords) && (isWords(element.LastChild!) || element.LastChild is AttributionLine);
}
