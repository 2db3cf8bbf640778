namespace LondonDefender.Fronts;

public static class LiveFronts
{
    /// <summary>Those whose moment has come; of each front readers have the first.</summary>
    public static IQueryable<FrontVersion> Live(this IQueryable<FrontVersion> versions, DateTimeOffset now) =>
        versions.Where(version => version.PublishAt <= now && version.TakenBackAt == null).OrderByDescending(version => version.PublishAt).ThenByDescending(version => version.Id);

    /// <summary>The same in SQL, of one front, where $1 is now.</summary>
    /// <param name="front">Its id, in SQL.</param>
    public static string InSql(string front) => $"""
        SELECT arrangement FROM front_versions
        WHERE front_id = {front} AND publish_at <= $1 AND taken_back_at IS NULL ORDER BY publish_at DESC, id DESC LIMIT 1
        """;
}
