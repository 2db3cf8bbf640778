using System.Collections.Concurrent;
using Markdig;

namespace LondonDefender.Copy;

/// <summary>Plain CommonMark without HTML, tables, news elements and the READ MORE line. One pipeline for each set of labels.</summary>
internal static class CopyPipeline
{
    private static readonly ConcurrentDictionary<string, MarkdownPipeline> ByLabels = [];

    public static MarkdownPipeline For(ReadMoreLabels labels) =>
        ByLabels.GetOrAdd(string.Join('\n', labels.Labels), static (_, labels) => Build(labels), labels);

    private static MarkdownPipeline Build(ReadMoreLabels labels)
    {
        var builder = new MarkdownPipelineBuilder().DisableHtml().UsePipeTables();

        builder.BlockParsers.Insert(0, new AttributionParser());
        builder.BlockParsers.Insert(0, new NewsElementParser());
        if (labels.Labels.Count > 0)
            builder.BlockParsers.Insert(0, new ReadMoreLineParser(labels));

        return builder.Build();
    }
}
