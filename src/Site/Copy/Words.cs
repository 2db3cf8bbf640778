using System.Text;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace LondonDefender.Copy;

/// <summary>Words as a reader reads them: without Markdown, links or line ends.</summary>
internal static class Words
{
    public static string Of(ContainerInline? inlines)
    {
        if (inlines is null)
            return "";

        var words = new StringBuilder();
        foreach (var inline in inlines.Descendants())
            words.Append(Of(inline));

        return OnOneLine(words.ToString());
    }

    public static string OnOneLine(string text) => string.Join(' ', text.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Enough of them to know which are meant.</summary>
    public static string Shortened(string text) =>
        text.Length <= 60 ? text : text[..(char.IsHighSurrogate(text[58]) ? 58 : 59)] + "…";

    public static bool IsBlank(Inline inline) =>
        inline is LineBreakInline or LiteralInline or HtmlEntityInline && string.IsNullOrWhiteSpace(Of(inline));

    /// <summary>What an inline says itself, its children left to speak for themselves.</summary>
    public static string Of(MarkdownObject inline) => inline switch
    {
        LiteralInline literal => literal.Content.ToString(),
        HtmlEntityInline entity => SafeText.Of(entity.Transcoded.ToString()),
        CodeInline code => code.Content,
        AutolinkInline autolink => autolink.Url,
        LineBreakInline => " ",
        DelimiterInline delimiter => delimiter.ToLiteral(),
        HtmlInline html => html.Tag,
        _ => "",
    };
}
