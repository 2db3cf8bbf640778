using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using LondonDefender.Tests.Copy;

namespace LondonDefender.Tests.Editor;

/// <summary>The newsroom's rich text in node's JavaScript engine: what it reads it gives back, and what it writes the server reads as the same.</summary>
public sealed partial class Copy_survives_the_editor
{
    private const int MadeUp = 3000;

    private sealed record Broken(string Promise, string Copy, string Found);

    private sealed record Result(Broken[] Broken, string[][] Rewritten, int Blocks, int AsWritten);

    [Fact]
    public async Task The_demo_edition_and_every_form_there_is_come_back_byte_for_byte()
    {
        var result = await RewriteAsync(seed: 1, madeUp: 0, [.. DemoEdition(), .. SpecExample.All.Select(example => example.Written)]);

        Holds(result, seed: 1);
    }

    [Fact]
    public async Task The_demo_edition_is_rich_text_throughout()
    {
        var result = await RewriteAsync(seed: 1, madeUp: 0, DemoEdition());

        Assert.InRange(result.Blocks, 400, int.MaxValue);
        Assert.Equal(0, result.AsWritten);
    }

    [Fact]
    public async Task Copies_nobody_wrote_come_back_byte_for_byte()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("EDITOR_SEED"), CultureInfo.InvariantCulture, out var given) ? given : 10;

        Holds(await RewriteAsync(seed, MadeUp, []), seed);
    }

    private static void Holds(Result result, int seed)
    {
        var broken = result.Broken.Select(broken => $"{broken.Promise}:\n{Quoted(broken.Copy)}\n{Quoted(broken.Found)}")
            .Concat(result.Rewritten.Where(pair => Read(pair[0]) != Read(pair[1])).Select(pair => $"the server reads the same:\n{Quoted(pair[0])}\n{Quoted(pair[1])}"))
            .ToList();

        Assert.True(broken.Count == 0, $"With EDITOR_SEED={seed}, {broken.Count} broken promises, such as\n{string.Join("\n\n", broken.OrderBy(told => told.Length).Take(12))}");
    }

    /// <summary>What readers get: to them a line's end is a space, and what stands inside what, bold inside a link or the other way round, is one.</summary>
    private static string Read(string copy)
    {
        var (read, marks, last) = (new StringBuilder(), new List<string>(), "");
        foreach (var part in TagsAndWords().Matches(new SpecExample("", copy, "", "").Outcome()).Select(match => match.Value))
        {
            if (InlineTag().Match(part) is { Success: true } tag)
            {
                if (tag.Groups["end"].Length == 0)
                    marks.Add(part);
                else
                    marks.RemoveAt(marks.FindLastIndex(mark => mark.StartsWith($"<{tag.Groups["name"].Value}", StringComparison.Ordinal)));
                continue;
            }

            var isSpace = string.IsNullOrWhiteSpace(part);
            var now = isSpace || part[0] == '<' ? last : string.Join("", marks.Distinct().Order(StringComparer.Ordinal));
            read.Append(now == last ? "" : $"{{{now}}}").Append(isSpace ? " " : part);
            last = part[0] == '<' ? "" : now;
        }

        return AroundTags().Replace(read.ToString(), "$1").Trim();
    }

    private static string Quoted(string copy) => JsonSerializer.Serialize(copy, JsonSerializerOptions.Web);

    private static string[] DemoEdition() =>
        [.. Directory.GetFiles(Path.Combine(SourceTree.Site, "Wire", "DemoEdition"), "*.md").Order(StringComparer.Ordinal).Select(path => FrontMatter().Replace(File.ReadAllText(path), ""))];

    private static async Task<Result> RewriteAsync(int seed, int madeUp, string[] copies)
    {
        var here = Path.Combine(SourceTree.Tests, "Editor", "rewrite.mjs");
        var modules = Path.Combine(SourceTree.Site, "wwwroot", "desk-script", "editor");
        using var process = Process.Start(new ProcessStartInfo("node", [here, modules, seed.ToString(CultureInfo.InvariantCulture), madeUp.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;

        await process.StandardInput.WriteAsync(JsonSerializer.Serialize(copies));
        process.StandardInput.Close();
        var told = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? JsonSerializer.Deserialize<Result>(told, JsonSerializerOptions.Web)!
            : throw new InvalidOperationException("The editor's modules did not run in node: install Node.js 20, and build again.");
    }

    [GeneratedRegex(@"\A---\n.*?\n---\n", RegexOptions.Singleline)]
    private static partial Regex FrontMatter();

    [GeneratedRegex(@"<[^>]*>|[ \t\n]+|[^<\s]+|[<\s]")]
    private static partial Regex TagsAndWords();

    [GeneratedRegex("^<(?<end>/?)(?<name>em|strong|a|code)[ >]")]
    private static partial Regex InlineTag();

    [GeneratedRegex("[ ]*(<[^>]*>)[ ]*")]
    private static partial Regex AroundTags();
}
