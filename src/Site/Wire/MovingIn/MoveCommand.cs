namespace LondonDefender.Wire.MovingIn;

/// <summary>An import from another system, as the command line asks for it.</summary>
public sealed record MoveCommand(MoveRequest Options, string? ReportFile, string[] Settings)
{
    public const string Usage =
        "Usage: import FILE|FOLDER --from https://old.example [--dry-run] [--report FILE] [--names FILE] [--section SLUG] [--make-sections] [--drafts]\n" +
        "       [--pictures FOLDER] [--no-fetching] [--private-addresses] [--permalinks /:year/:month/:slug/] [--zone Europe/London]";

    private static readonly string[] WithValue = ["--from", "--report", "--names", "--section", "--pictures", "--permalinks", "--zone"];
    private static readonly string[] Alone = ["--dry-run", "--make-sections", "--drafts", "--no-fetching", "--private-addresses"];

    /// <summary>Wire copy and stories of the paper's own need no other site to come from, and are no exports.</summary>
    public static bool IsMeant(string[] args) =>
        args.Any(arg => arg == "--from" || arg.StartsWith("--from=", StringComparison.Ordinal) || arg is "--dry-run"
            || (!arg.StartsWith('-') && System.IO.Path.GetExtension(arg).ToLowerInvariant() is ".xml" or ".json" or ".rss" or ".atom"));

    public static MoveCommand? Read(string[] args, out string problem)
    {
        Dictionary<string, string> said = [];
        List<string> paths = [], settings = [];
        for (var i = 0; i < args.Length; i++)
        {
            var (name, value) = args[i].IndexOf('=', StringComparison.Ordinal) is > 0 and var at && args[i].StartsWith("--", StringComparison.Ordinal) ? (args[i][..at], args[i][(at + 1)..]) : (args[i], null);
            if (Alone.Contains(name) && value is null)
                said[name] = "";
            else if (WithValue.Contains(name) && (value is not null || i + 1 < args.Length))
                said[name] = value ?? args[++i];
            else if (name.StartsWith("--", StringComparison.Ordinal) && value is not null && name.Contains(':', StringComparison.Ordinal))
                settings.Add(args[i]);
            else if (name.StartsWith('-'))
                return Refuse($"{args[i]} is not an option of this import, or lacks its value.\n{Usage}", out problem);
            else
                paths.Add(args[i]);
        }

        if (paths.Count != 1)
            return Refuse($"Name one file or folder to import.\n{Usage}", out problem);
        if (said.TryGetValue("--names", out var names) && !File.Exists(names))
            return Refuse($"There is no file {names}.", out problem);

        var options = new MoveRequest
        {
            Path = System.IO.Path.GetFullPath(paths[0]),
            From = said.GetValueOrDefault("--from"),
            IsDryRun = said.ContainsKey("--dry-run"),
            Section = said.GetValueOrDefault("--section"),
            MakeSections = said.ContainsKey("--make-sections"),
            AsDrafts = said.ContainsKey("--drafts"),
            Pictures = said.GetValueOrDefault("--pictures"),
            FetchPictures = !said.ContainsKey("--no-fetching"),
            Permalinks = said.GetValueOrDefault("--permalinks"),
            Zone = said.GetValueOrDefault("--zone"),
            Names = names is null ? "" : File.ReadAllText(names),
            MayFetchPrivate = said.ContainsKey("--private-addresses"),
        };
        problem = options.WhatIsWrong() ?? "";
        return problem.Length > 0 ? null : new(options, said.GetValueOrDefault("--report"), [.. settings]);
    }

    private static MoveCommand? Refuse(string sentence, out string problem)
    {
        problem = sentence;
        return null;
    }
}
