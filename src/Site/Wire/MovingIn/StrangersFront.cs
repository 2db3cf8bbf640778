using System.Globalization;
using System.Text;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.Serialization;

namespace LondonDefender.Wire.MovingIn;

/// <summary>The fields that a stranger's Markdown file begins with, in YAML or TOML, under whichever of their usual names.</summary>
internal sealed class StrangersFront
{
    private const int Longest = 100_000;

    private static readonly IDeserializer Yaml = new DeserializerBuilder().Build();

    private readonly Dictionary<string, object?> fields = new(StringComparer.OrdinalIgnoreCase);

    /// <exception cref="UnreadableCopy">Why the file cannot be read, as the end of a sentence.</exception>
    public static (StrangersFront Front, string Body) Split(string text)
    {
        text = text.TrimStart('\uFEFF').ReplaceLineEndings("\n");
        foreach (var fence in new[] { "---", "+++" })
        {
            if (!text.StartsWith(fence + "\n", StringComparison.Ordinal))
                continue;

            var end = text.IndexOf($"\n{fence}\n", 3, StringComparison.Ordinal) is >= 0 and var found ? found
                : text.EndsWith("\n" + fence, StringComparison.Ordinal) ? text.Length - 4
                : throw new UnreadableCopy($"its front matter begins with {fence} but does not end with it");
            if (end > Longest)
                throw new UnreadableCopy("its front matter is longer than 100,000 characters");

            var front = new StrangersFront();
            var written = end > 4 ? text[4..(end + 1)] : "";
            if (fence == "---")
                front.ReadYaml(written);
            else
                StrangersToml.Read(written, front.fields);
            return (front, text[Math.Min(text.Length, end + 5)..]);
        }

        return (new(), text);
    }

    public bool Has(string name) => fields.ContainsKey(name);

    public string Text(params string[] names) => names.Select(name => OneOf(fields.GetValueOrDefault(name))).FirstOrDefault(text => text.Length > 0) ?? "";

    public bool Flag(string name) => Text(name).ToLowerInvariant() is "true" or "yes" or "1";

    /// <summary>A list; words with commas or, as Jekyll has it, with spaces between them are a list too where that is said.</summary>
    public IEnumerable<string> List(params string[] names)
    {
        foreach (var name in names)
        {
            switch (fields.GetValueOrDefault(name))
            {
                case IEnumerable<object> list:
                    foreach (var one in list.Take(500).Select(OneOf).Where(one => one.Length > 0))
                        yield return one;
                    break;
                case string { Length: > 0 } words:
                    foreach (var one in words.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
                        yield return one;
                    break;
            }
        }
    }

    /// <summary>Where a thing is told in fields of its own, the first that names it: an author's name, a cover's image.</summary>
    private static string OneOf(object? value) => value switch
    {
        string words => words.Trim(),
        IDictionary<object, object> parts => new[] { "name", "image", "src", "url", "path", "relative" }.Select(part => parts.TryGetValue(part, out var said) ? OneOf(said) : "").FirstOrDefault(said => said.Length > 0) ?? "",
        IEnumerable<object> list => list.Take(1).Select(OneOf).FirstOrDefault() ?? "",
        _ => "",
    };

    private void ReadYaml(string yaml)
    {
        try
        {
            Yamls.RefuseTraps(yaml);
            foreach (var (name, value) in Yaml.Deserialize<Dictionary<string, object?>?>(yaml) ?? [])
                fields[name] = value;
        }
        catch (YamlException problem)
        {
            throw new UnreadableCopy($"its front matter is not YAML (line {problem.Start.Line + 1})");
        }
    }
}

internal static class Yamls
{
    /// <summary>Lists in lists without end, or names that stand for each other, would take a reader of YAML down with it.</summary>
    public static void RefuseTraps(string yaml)
    {
        var parser = new Parser(new StringReader(yaml));
        var (depth, events, aliases) = (0, 0, 0);
        while (parser.MoveNext())
        {
            depth += parser.Current!.NestingIncrease;
            aliases += parser.Current is AnchorAlias ? 1 : 0;
            if (depth > 20 || ++events > 20_000 || aliases > 100)
                throw new YamlException(parser.Current.Start, parser.Current.End, "nested too deep");
        }
    }
}

/// <summary>As much of TOML as front matter is written in: words, lists of words, tables.</summary>
internal static class StrangersToml
{
    public static void Read(string toml, Dictionary<string, object?> fields)
    {
        var table = "";
        var lines = toml.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i].Trim();
            if (line.Length == 0 || line[0] == '#')
                continue;
            if (line[0] == '[')
            {
                table = line.Trim('[', ']', ' ') + ".";
                continue;
            }

            var equals = line.IndexOf('=', StringComparison.Ordinal);
            if (equals < 0)
                throw new UnreadableCopy($"its front matter is not TOML (line {i + 2})");

            var (name, value) = (line[..equals].Trim().Trim('"'), line[(equals + 1)..].Trim());
            // What goes over several lines ends where its sign comes again.
            var closing = value.StartsWith("\"\"\"", StringComparison.Ordinal) ? "\"\"\"" : value.StartsWith("'''", StringComparison.Ordinal) ? "'''" : value.StartsWith('[') ? "]" : null;
            var all = new StringBuilder(value);
            while (closing is not null && i + 1 < lines.Length && !IsClosed(all.ToString(), closing))
                all.Append('\n').Append(lines[++i]);

            // Those of the parameters and of a taxonomy mean what they mean without.
            fields.TryAdd(table is "" or "params." or "taxonomies." or "extra." ? name : table + name, Value(all.ToString()));
        }
    }

    private static bool IsClosed(string value, string closing) =>
        closing == "]" ? WithoutComment(value).TrimEnd().EndsWith(']') : value.Length > 3 && value.IndexOf(closing, 3, StringComparison.Ordinal) >= 0;

    private static object Value(string written)
    {
        if (written.StartsWith("\"\"\"", StringComparison.Ordinal) || written.StartsWith("'''", StringComparison.Ordinal))
            return written.Trim('"', '\'', '\n');
        if (!written.StartsWith('['))
            return Word(written, 0).Word;

        List<object> list = [];
        for (var at = 1; at < written.Length && list.Count < 500;)
        {
            if (written[at] is ',' or ' ' or '\n' or '\t' or ']')
            {
                at++;
                continue;
            }

            var (word, end) = Word(written, at);
            list.Add(word);
            at = Math.Max(end, at + 1);
        }

        return list;
    }

    private static (string Word, int End) Word(string text, int at)
    {
        if (at < text.Length && text[at] == '\'')
        {
            var end = text.IndexOf('\'', at + 1);
            return end < 0 ? (text[(at + 1)..], text.Length) : (text[(at + 1)..end], end + 1);
        }

        if (at >= text.Length || text[at] != '"')
        {
            var end = text.IndexOfAny([',', ']', '\n', '#'], at) is >= 0 and var found ? found : text.Length;
            return (text[at..end].Trim(), end);
        }

        var word = new StringBuilder();
        for (at++; at < text.Length && text[at] != '"'; at++)
        {
            if (text[at] == '\\' && at + 1 < text.Length)
                word.Append(Escaped(text, ref at));
            else
                word.Append(text[at]);
        }

        return (word.ToString(), at + 1);
    }

    private static string Escaped(string text, ref int at)
    {
        at++;
        if (text[at] is 'u' or 'U' && at + (text[at] == 'u' ? 4 : 8) is var end && end < text.Length
            && int.TryParse(text.AsSpan(at + 1, end - at), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code) && Rune.IsValid(code))
        {
            at = end;
            return new Rune(code).ToString();
        }

        return text[at] switch { 'n' => "\n", 't' => "\t", 'r' => "", var sign => sign.ToString() };
    }

    private static string WithoutComment(string value)
    {
        var last = value[(value.LastIndexOf('\n') + 1)..];
        return last.IndexOf(" #", StringComparison.Ordinal) is >= 0 and var comment ? value[..(value.Length - last.Length + comment)] : value;
    }
}
