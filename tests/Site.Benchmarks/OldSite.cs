using System.Diagnostics;
using System.Globalization;
using System.Security;
using System.Text;
using LondonDefender.Hosting;

namespace LondonDefender.Benchmarks;

/// <summary>An old site's export as WordPress writes it, of invented stories, and how long the paper takes to move it in.</summary>
internal static class OldSite
{
    private const int MostWords = 600;

    public static async Task<int> MoveInAsync(string folder, int stories)
    {
        Directory.CreateDirectory(folder);
        var file = Path.Combine(folder, string.Create(null, $"old-site-{stories}.xml"));
        await WriteAsync(file, stories);
        Console.WriteLine($"{file}: {stories:N0} stories, {new FileInfo(file).Length / 1_000_000} MB");

        string[] paper = [$"--Hosting:DataFolder={Path.Combine(folder, "paper")}", "--Wire:DemoEdition=false"];
        var watch = Stopwatch.StartNew();
        var code = await CommandLine.RunAsync(["import", file, "--make-sections", "--no-fetching", $"--report={Path.Combine(folder, "report.txt")}", .. paper]);
        Console.WriteLine($"moved in in {watch.Elapsed.TotalSeconds:0.0} s, {stories / watch.Elapsed.TotalSeconds:0} stories a second, starting PostgreSQL and making the tables included; {Environment.CpuUsage.TotalTime.TotalSeconds:0.0} s of this program's processor time");
        return code;
    }

    private static async Task WriteAsync(string path, int count)
    {
        var vocabulary = Vocabulary.OfTheDemoEdition();
        await using var file = new StreamWriter(path, false, new UTF8Encoding(false));
        await file.WriteAsync("""
            <?xml version="1.0" encoding="UTF-8" ?>
            <rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">
            <channel><title>The Old Site</title><link>https://old.example</link><wp:wxr_version>1.2</wp:wxr_version>
            <wp:base_site_url>https://old.example</wp:base_site_url><wp:base_blog_url>https://old.example</wp:base_blog_url>

            """);
        for (var id = 1; id <= count; id++)
            await file.WriteAsync(Item(InventedStory.At(id, count, vocabulary), count, vocabulary));
        await file.WriteAsync("</channel></rss>\n");
    }

    private static string Item(InventedStory story, int count, Vocabulary vocabulary) => string.Create(CultureInfo.InvariantCulture, $"""
        <item><title><![CDATA[{story.Headline}]]></title><link>{AddressOf(story.Id)}</link><dc:creator><![CDATA[writer{story.WriterIds[0]}]]></dc:creator>
        <guid isPermaLink="false">https://old.example/?p={story.Id}</guid><description></description>
        <content:encoded><![CDATA[{Html(story, count, vocabulary)}]]></content:encoded><excerpt:encoded><![CDATA[{story.Standfirst}]]></excerpt:encoded>
        <wp:post_id>{story.Id}</wp:post_id><wp:post_date><![CDATA[{story.PublishAt:yyyy-MM-dd HH:mm:ss}]]></wp:post_date><wp:post_date_gmt><![CDATA[{story.PublishAt:yyyy-MM-dd HH:mm:ss}]]></wp:post_date_gmt>
        <wp:post_name><![CDATA[story-{story.Id}]]></wp:post_name><wp:status><![CDATA[publish]]></wp:status><wp:post_type><![CDATA[post]]></wp:post_type><wp:post_password></wp:post_password>
        <category domain="category" nicename="c{story.SectionId}"><![CDATA[Section {Vocabulary.NameAt(story.SectionId)}]]></category>
        {string.Concat(story.TopicIds.Select(topic => $"<category domain=\"post_tag\" nicename=\"t{topic}\"><![CDATA[{SecurityElement.Escape(Vocabulary.NameAt(topic * 3))}]]></category>"))}</item>

        """);

    private static string AddressOf(int id) => string.Create(CultureInfo.InvariantCulture, $"https://old.example/2019/05/story-{id}/");

    private static string Html(InventedStory story, int count, Vocabulary vocabulary)
    {
        var html = new StringBuilder();
        var words = 0;
        foreach (var paragraph in story.Prose.Split("\n\n"))
        {
            words += paragraph.Count(sign => sign == ' ') + 1;
            if (words > MostWords)
                break;

            html.Append(CultureInfo.InvariantCulture, $"<!-- wp:paragraph -->\n<p>{SecurityElement.Escape(paragraph)}</p>\n<!-- /wp:paragraph -->\n\n");
        }

        foreach (var to in story.LeadsTo)
        {
            html.Append(to % 3 == 0
                ? $"<!-- wp:paragraph -->\n<p>READ MORE: {SecurityElement.Escape(InventedStory.At(to, count, vocabulary).Headline)}</p>\n<!-- /wp:paragraph -->\n\n"
                : string.Create(null, $"<!-- wp:paragraph -->\n<p>It had been <a href=\"{AddressOf(to)}\">said so before</a>, and <strong>nobody</strong> had listened.</p>\n<!-- /wp:paragraph -->\n\n"));
        }

        return html.ToString();
    }
}
