namespace LondonDefender.Hosting.Backups;

/// <summary>What stands behind a command: one file or folder, its own options, and settings of the paper.</summary>
internal sealed record CommandWords(string Path, IReadOnlyList<string> Options, string[] Settings)
{
    /// <summary>Null, with the reason on the error line, where the words make no sense.</summary>
    public static CommandWords? Read(string[] args, string usage, params string[] options)
    {
        List<string> paths = [], said = [], settings = [];
        for (var i = 0; i < args.Length; i++)
        {
            if (options.Contains(args[i]))
                said.Add(args[i]);
            else if (args[i].StartsWith("--", StringComparison.Ordinal) && args[i].Contains('=', StringComparison.Ordinal))
                settings.Add(args[i]);
            else if (args[i].StartsWith("--", StringComparison.Ordinal) && i + 1 < args.Length)
                settings.AddRange([args[i], args[++i]]);
            else if (args[i].StartsWith("--", StringComparison.Ordinal))
                return Refuse($"{args[i]} is not an option that is known here. {usage}");
            else
                paths.Add(args[i]);
        }

        return paths is [var path] ? new(path, said, [.. settings]) : Refuse(usage);
    }

    private static CommandWords? Refuse(string sentence)
    {
        Console.Error.WriteLine(sentence);
        return null;
    }
}
