using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace LondonDefender.Copy;

/// <summary>The bold words that begin a paragraph: a date, a heading, a question.</summary>
internal static class Lead
{
    public static EmphasisInline? Of(ParagraphBlock paragraph) =>
        paragraph.Inline?.FirstChild is EmphasisInline { DelimiterCount: 2 } lead ? lead : null;

    public static EmphasisInline? AsQuestion(ParagraphBlock paragraph) =>
        Of(paragraph) is { } lead && (lead.NextSibling is null || Words.Of(lead).EndsWith('?')) ? lead : null;

    public static string WordsOf(EmphasisInline lead) => Words.Of(lead).TrimEnd(':', ' ');

    /// <summary>What follows it: “**12 May**: words” and “**12 May** – words” are as common as no sign at all.</summary>
    public static string WithoutJoint(string words) => words.TrimStart().TrimStart(':', '–', '—').TrimStart();
}
