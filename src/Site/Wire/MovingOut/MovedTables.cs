namespace LondonDefender.Wire.MovingOut;

/// <summary>A table that goes along when the paper moves out. Its columns are asked of the database.</summary>
public sealed record MovedTable(string Name)
{
    /// <summary>Null: all. Where some hold secrets, those that hold none are named, so that a new one stays here until somebody has decided.</summary>
    public IReadOnlySet<string>? Columns { get; init; }

    /// <summary>What is written in place of a column, as SQL.</summary>
    public IReadOnlyDictionary<string, string> Instead { get; init; } = new Dictionary<string, string>();

    /// <summary>A paper that nobody has worked at has rows in it; they give way.</summary>
    public bool IsThereFromTheStart { get; init; }

    public bool Takes(string column) => Columns is null || Columns.Contains(column) || Instead.ContainsKey(column);
}

/// <summary>
/// What an export has, and what it has not. A table that a migration adds is named in one of the two, or a test fails. Names of the tables are
/// those of the database.
/// </summary>
public static class MovedTables
{
    public static readonly IReadOnlyList<MovedTable> All =
    [
        new("paper_settings") { IsThereFromTheStart = true },
        new("users")
        {
            Columns = new HashSet<string> { "id", "user_name", "normalized_user_name", "name", "role", "is_active", "section_ids", "email", "normalized_email", "email_confirmed", "phone_number", "phone_number_confirmed" },
            Instead = new Dictionary<string, string>
            {
                ["password_hash"] = "NULL", ["security_stamp"] = "NULL", ["concurrency_stamp"] = "NULL", ["two_factor_enabled"] = "false",
                ["lockout_end"] = "NULL", ["lockout_enabled"] = "true", ["access_failed_count"] = "0",
            },
        },
        new("sections"), new("topics"), new("writers"),
        new("pictures"), new("picture_uses"),
        new("stories"), new("revisions"), new("story_topics"), new("story_bylines"), new("corrections"), new("receipts"),
        new("read_more_links"), new("known_headlines"),
        new("containers"), new("fronts"), new("front_versions"), new("front_pictures"), new("banners"),
        new("topic_synonyms"), new("former_slugs"), new("old_addresses"),
        new("story_progress"), new("story_steps"), new("passage_comments"), new("saved_searches"),
        new("story_reads"), new("story_follows"),
        // What a search finds stories by could be worked out again; which words were counted in which story could not.
        new("search_entries"), new("search_words"),
    ];

    private const string Secret = "opens the newsroom: whoever has it could come in";
    private const string OfTheMoment = "is true of the machines that run now, for a few minutes";

    private const string OfAMoveHere = "is what a move into this paper goes on from; what came of it goes along";

    /// <summary>With the reason.</summary>
    public static readonly IReadOnlyDictionary<string, string> LeftOut = new Dictionary<string, string>
    {
        ["invitations"] = Secret,
        ["draft_links"] = Secret,
        ["visits"] = Secret,
        ["audit_entries"] = "tells who came in here and what they did here; it is given out as a file of its own",
        ["mail_wishes"] = "has where people are written to; they say it again",
        ["notices"] = "tells people what is new to them, which a move is not",
        ["import_runs"] = OfAMoveHere,
        ["moved_stories"] = OfAMoveHere,
        ["protection_keys"] = Secret,
        ["user_claims"] = Secret,
        ["user_logins"] = Secret,
        ["user_passkeys"] = Secret,
        ["user_tokens"] = Secret,
        ["changes"] = OfTheMoment,
        ["nodes"] = OfTheMoment,
        ["presences"] = OfTheMoment,
        ["front_presences"] = OfTheMoment,
        ["__EFMigrationsHistory"] = "is made anew by the version that takes the paper in; the manifest names what stood in it",
    };
}
