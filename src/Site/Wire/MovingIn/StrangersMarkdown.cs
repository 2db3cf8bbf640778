using System.Text.RegularExpressions;
using Markdig;

namespace LondonDefender.Wire.MovingIn;

/// <summary>Markdown as other systems understand it, with what they add to it, as HTML; what comes of it is read like anybody's HTML, and trusted as little.</summary>
internal static partial class StrangersMarkdown
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder()
        .UsePipeTables().UseGridTables().UseEmphasisExtras().UseFootnotes().UseDefinitionLists().UseFigures().UseTaskLists().UseAutoLinks().UseAutoIdentifiers().Build();

    public static string AsHtml(string markdown)
    {
        try
        {
            return Markdown.ToHtml(Undone(markdown), Pipeline);
        }
        catch (ArgumentException)
        {
            // Nested deeper than Markdig goes.
            return $"<p>{System.Net.WebUtility.HtmlEncode(markdown).Replace("\n\n", "</p><p>", StringComparison.Ordinal)}</p>";
        }
    }

    /// <summary>The words in braces of Hugo and Jekyll that mean something elsewhere too; the others come as they are written, for the report.</summary>
    private static string Undone(string markdown)
    {
        if (!markdown.Contains("{{", StringComparison.Ordinal) && !markdown.Contains("{%", StringComparison.Ordinal))
            return markdown;

        var text = Figure().Replace(markdown, figure => $"\n\n<figure><img src=\"{Said(figure, "src")}\" alt=\"{Said(figure, "alt")}\"><figcaption>{Said(figure, "caption")}</figcaption></figure>\n\n");
        text = YouTube().Replace(text, video => $"\n\n<figure class=\"wp-block-embed\">https://www.youtube.com/watch?v={video.Groups["id"].Value}</figure>\n\n");
        text = Reference().Replace(text, link => link.Groups["to"].Value);
        return text.Replace("{{ site.baseurl }}", "", StringComparison.Ordinal).Replace("{{site.baseurl}}", "", StringComparison.Ordinal).Replace("{{ site.url }}", "", StringComparison.Ordinal).Replace("{{site.url}}", "", StringComparison.Ordinal);
    }

    private static string Said(Match figure, string name) =>
        System.Net.WebUtility.HtmlEncode(Regex.Match(figure.Groups["said"].Value, $@"\b{name}=""(?<words>[^""]*)""").Groups["words"].Value);

    [GeneratedRegex(@"\{\{[<%]\s*figure\s(?<said>[^{}]{1,2000}?)/?\s*[>%]\}\}")]
    private static partial Regex Figure();

    [GeneratedRegex(@"\{(?:\{[<%]|%)\s*youtube\s+(?:id=)?""?(?<id>[A-Za-z0-9_-]{6,20})""?[^{}]{0,200}?[>%]\}?\}")]
    private static partial Regex YouTube();

    [GeneratedRegex(@"\{(?:\{[<%]|%)\s*(?:rel)?ref\s+""?(?<to>[^""{}\s]{1,500})""?\s*[>%]\}?\}|\{%\s*(?:post_url|link)\s+(?<to>[^{}\s]{1,500})\s*%\}")]
    private static partial Regex Reference();
}
