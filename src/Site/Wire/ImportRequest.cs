namespace LondonDefender.Wire;

/// <summary>What `import` was asked to do.</summary>
public sealed record ImportRequest
{
    public const string Usage = "Usage: import PATH… [--section SLUG] [--publish]";

    public required IReadOnlyList<string> Paths { get; init; }
    public string? Section { get; init; }
    public bool Publish { get; init; }

    /// <summary>Settings of the paper, such as --Hosting:DataFolder=…, which stand among the arguments too.</summary>
    public string[] Settings { get; init; } = [];

    /// <summary>Added to every moment in the files, so that the demo edition is always today's.</summary>
    public TimeSpan Shift { get; init; }

    public static ImportRequest? Read(string[] args, out string problem)
    {
        List<string> paths = [], settings = [];
        string? section = null;
        var publish = false;
        for (var i = 0; i < args.Length; i++)
        {
            if (args[i] == "--publish")
                publish = true;
            else if (args[i] == "--section" && i + 1 < args.Length)
                section = args[++i];
            else if (args[i].StartsWith("--section=", StringComparison.Ordinal))
                section = args[i]["--section=".Length..];
            else if (args[i].StartsWith("--", StringComparison.Ordinal) && (args[i].Contains('=', StringComparison.Ordinal) || i + 1 < args.Length))
                settings.AddRange(args[i].Contains('=', StringComparison.Ordinal) ? [args[i]] : [args[i], args[++i]]);
            else if (args[i].StartsWith("--", StringComparison.Ordinal))
                return Refuse($"{args[i]} is not an option the import knows. {Usage}", out problem);
            else
                paths.Add(args[i]);
        }

        if (paths.Count == 0)
            return Refuse($"Say which files or folders to import. {Usage}", out problem);

        problem = "";
        return new() { Paths = paths, Section = section, Publish = publish, Settings = [.. settings] };
    }

    private static ImportRequest? Refuse(string sentence, out string problem)
    {
        problem = sentence;
        return null;
    }
}
