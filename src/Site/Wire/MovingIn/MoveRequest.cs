using System.Text.Json;
using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace LondonDefender.Wire.MovingIn;

/// <summary>What was asked for: which old paper, and how its parts are to be called here.</summary>
public sealed record MoveRequest
{
    /// <summary>The export's file, or the folder of Markdown.</summary>
    public required string Path { get; init; }

    /// <summary>Where the old site stood, such as https://old.example; null where the file says so itself.</summary>
    public string? From { get; init; }

    public bool IsDryRun { get; init; }

    /// <summary>The slug of the section for what fits none; the first one without it.</summary>
    public string? Section { get; init; }

    /// <summary>Whether a category that is no section here becomes one.</summary>
    public bool MakeSections { get; init; }

    /// <summary>Whether what readers had comes as drafts too.</summary>
    public bool AsDrafts { get; init; }

    /// <summary>A folder with the old site's files, such as wp-content/uploads.</summary>
    public string? Pictures { get; init; }

    public bool FetchPictures { get; init; } = true;

    /// <summary>In what order a folder of Markdown's addresses were made, such as /:year/:month/:slug/.</summary>
    public string? Permalinks { get; init; }

    /// <summary>The old site's time zone, where its moments name none; the paper's without it.</summary>
    public string? Zone { get; init; }

    /// <summary>Old names and what they are called here, in YAML.</summary>
    public string Names { get; init; } = "";

    /// <summary>For a site that is being tried on one's own machine. From the command line only.</summary>
    public bool MayFetchPrivate { get; init; }

    public string AsJson() => JsonSerializer.Serialize(this);

    public static MoveRequest OfJson(string json) => JsonSerializer.Deserialize<MoveRequest>(json)!;

    /// <summary>Why it cannot be begun, as a sentence; null when it can.</summary>
    public string? WhatIsWrong() => this switch
    {
        { From: { } from } when !Uri.TryCreate(from, UriKind.Absolute, out var site) || site.Scheme is not ("http" or "https") => "The old site’s address is written whole, such as https://old.example.",
        { Zone: { } zone } when !TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _) => "That time zone is not known. Names look like Europe/London.",
        { Pictures: { } folder } when !Directory.Exists(folder) => $"There is no folder of pictures {folder}.",
        _ => NewNames.WhatIsWrong(Names),
    };
}

/// <summary>Old names and what they are called here. Whatever is not named keeps its name; what is called nothing is left out.</summary>
public sealed class NewNames
{
    private static readonly IDeserializer Yaml = new DeserializerBuilder().WithNamingConvention(UnderscoredNamingConvention.Instance).Build();

    /// <summary>A category's name, and the section it is.</summary>
    public Dictionary<string, string?> Sections { get; set; } = [];

    /// <summary>A tag's name, and the topic it is.</summary>
    public Dictionary<string, string?> Topics { get; set; } = [];

    /// <summary>An author's name, and the writer's.</summary>
    public Dictionary<string, string?> Writers { get; set; } = [];

    public static NewNames Read(string yaml)
    {
        Yamls.RefuseTraps(yaml);
        var read = Yaml.Deserialize<NewNames?>(yaml) ?? new();
        return new() { Sections = AnyCase(read.Sections), Topics = AnyCase(read.Topics), Writers = AnyCase(read.Writers) };
    }

    public static string? WhatIsWrong(string yaml)
    {
        try
        {
            Read(yaml);
            return yaml.Length > 100_000 ? "The list of names is longer than 100,000 characters." : null;
        }
        catch (YamlException problem)
        {
            return $"The list of names cannot be read (line {problem.Start.Line}). It looks like this: “sections:”, and on the next line two spaces, the old name, a colon and the new one.";
        }
    }

    public static string? Of(Dictionary<string, string?> names, string old) => names.TryGetValue(old, out var now) ? now ?? "" : old;

    private static Dictionary<string, string?> AnyCase(Dictionary<string, string?>? names)
    {
        Dictionary<string, string?> any = new(StringComparer.OrdinalIgnoreCase);
        foreach (var (old, now) in names ?? [])
            any[old.Trim()] = now?.Trim();
        return any;
    }
}
