using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace LondonDefender.Wire;

/// <summary>The fields a story's file may begin with; each may be missing, or named with nothing after it.</summary>
public sealed class FrontMatter
{
    private static readonly IDeserializer Yaml = new DeserializerBuilder()
        .WithNamingConvention(UnderscoredNamingConvention.Instance).IgnoreUnmatchedProperties()
        .WithTypeConverter(new OneLine()).WithTypeConverter(new Names()).Build();

    public string? Headline { get; set; }
    public string? Title { set => Headline ??= value; }
    public string? FrontHeadline { get; set; }
    public string? SearchHeadline { get; set; }
    public string? ShareHeadline { get; set; }
    public string? Standfirst { get; set; }
    public string? Kicker { get; set; }
    public string? Section { get; set; }
    public string? Slug { get; set; }
    public string? Dateline { get; set; }
    public string? Credit { get; set; }

    /// <summary>The main picture's file beside this one, and what is said about it.</summary>
    public string? Picture { get; set; }
    public string? PictureAlt { get; set; }
    public string? PictureCaption { get; set; }
    public string? PictureCredit { get; set; }

    /// <summary>report, analysis, opinion and the others; without it, a report.</summary>
    public string? Kind { get; set; }

    /// <summary>How it was done, in Markdown.</summary>
    public string? Backstory { get; set; }

    public List<string> By { get; set => field = value ?? []; } = [];
    public List<string> Topics { get; set => field = value ?? []; } = [];
    public List<string> Related { get; set => field = value ?? []; } = [];

    /// <summary>A moment such as 2026-11-22T08:00:00Z; without an offset it is meant in the paper's zone.</summary>
    public string? Published { get; set; }
    public string? Updated { get; set; }

    /// <summary>live, draft, withdrawn or scheduled; without it, a story with a moment of publication is live.</summary>
    public string? State { get; set; }

    /// <exception cref="UnreadableCopy">The line, and what was expected there.</exception>
    public static FrontMatter Read(string yaml)
    {
        try
        {
            return Yaml.Deserialize<FrontMatter?>(yaml) ?? new();
        }
        catch (YamlException problem)
        {
            throw new UnreadableCopy($"its front matter is not YAML as we know it (line {problem.Start.Line + 1}: {InWords(problem)})");
        }
    }

    // What the reader of YAML says about signs and indents helps; what it says about its own types does not.
    private static string InWords(YamlException problem) =>
        problem is UnexpectedValue or SyntaxErrorException or SemanticErrorException or AnchorNotFoundException
            ? problem.Message.TrimEnd('.')
            : "fields such as “headline: …” were expected";

    private sealed class UnexpectedValue(ParsingEvent? found, string expected) : YamlException(found?.Start ?? Mark.Empty, found?.End ?? Mark.Empty, expected + " was expected");

    private sealed class OneLine : IYamlTypeConverter
    {
        public bool Accepts(Type type) => type == typeof(string);

        public object? ReadYaml(IParser parser, Type type, ObjectDeserializer rootDeserializer) =>
            parser.TryConsume<Scalar>(out var words) ? IsNothing(words) ? null : words.Value : throw new UnexpectedValue(parser.Current, "one line of text");

        public void WriteYaml(IEmitter emitter, object? value, Type type, ObjectSerializer serializer) => throw new NotSupportedException();

        private static bool IsNothing(Scalar words) => words is { Style: ScalarStyle.Plain, Value: "" or "~" or "null" or "Null" or "NULL" };
    }

    /// <summary>A list; one name alone is a list of one, and what is empty is no name.</summary>
    private sealed class Names : IYamlTypeConverter
    {
        public bool Accepts(Type type) => type == typeof(List<string>);

        public object? ReadYaml(IParser parser, Type type, ObjectDeserializer rootDeserializer)
        {
            List<string> names = [];
            if (!parser.TryConsume<SequenceStart>(out _))
                Add();
            else
            {
                while (!parser.TryConsume<SequenceEnd>(out _))
                    Add();
            }

            return names;

            void Add()
            {
                if (!parser.Accept<Scalar>(out _) && !parser.Accept<AnchorAlias>(out _))
                    throw new UnexpectedValue(parser.Current, "a name, or a list of names,");
                if (rootDeserializer(typeof(string)) is string { Length: > 0 } name)
                    names.Add(name);
            }
        }

        public void WriteYaml(IEmitter emitter, object? value, Type type, ObjectSerializer serializer) => throw new NotSupportedException();
    }
}
