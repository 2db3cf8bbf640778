using System.Globalization;
using System.Text.RegularExpressions;
using LondonDefender.Data;
using LondonDefender.Stories;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace LondonDefender.Archive;

/// <summary>A story that has the words and stands under the filters; whether readers may see it is still to be asked.</summary>
public sealed record SearchCandidate(int StoryId, DateTimeOffset PublishedAt, int[] TopicIds, int[] WriterIds, float Rank, bool IsInHeading);

/// <param name="LookedBackTo">The month back to which was looked, where it was not worth going on; null when everything was, or enough was found.</param>
public sealed record GatheredCandidates(List<SearchCandidate> Found, int? LookedBackTo);

/// <summary>
/// The newest stories of a scope, up to so many, at a cost that does not grow with the archive. What few stories have is gathered
/// whole; for the rest the search walks back through the months, and stops as soon as it has enough.
/// </summary>
public sealed partial class SearchCandidates(NewsroomDb db, SearchScope scope, DateTimeOffset now)
{
    /// <summary>So many are fetched from the index at once without a thought.</summary>
    private const int Few = 1_500;

    /// <summary>A phrase of everyday words has to be read for in every text that has the words; after so many it is enough.</summary>
    private const int MostRead = 2_000;

    /// <param name="inHeading">Whether the headline must have all the words.</param>
    public async Task<GatheredCandidates> GatherAsync(int most, bool inHeading, CancellationToken ct)
    {
        var expected = await ExpectedAsync(inHeading, ct);
        return expected <= Few ? new(await NewestAsync(inHeading, null, most, ct), null) : await WalkBackAsync(expected, most, inHeading, ct);
    }

    private async Task<GatheredCandidates> WalkBackAsync(double expected, int most, bool inHeading, CancellationToken ct)
    {
        var (oldest, newest) = await MonthsAsync(ct);
        var first = Math.Max(oldest, scope.From is { } from ? SearchEntry.MonthOf(from) : oldest);
        var last = Math.Min(newest, scope.Before is { } before ? SearchEntry.MonthOf(before) : newest);
        var monthly = expected / (newest - oldest + 1);
        var furthest = scope.Words?.HasPhrase == true && !inHeading ? Math.Max(first, last - (int)(MostRead / monthly)) : first;

        var found = await NewestAsync(inHeading, [.. Enumerable.Range(furthest, Math.Max(0, last - furthest + 1)).Reverse()], most, ct);
        return new(found, found.Count < most && furthest > first ? furthest : null);
    }

    /// <summary>How many stories PostgreSQL itself expects, from its statistics of words and filters; days are left out of it.</summary>
    private async Task<double> ExpectedAsync(bool inHeading, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand($"EXPLAIN SELECT FROM search_entries WHERE {Conditions(inHeading)}", (NpgsqlConnection)db.Database.GetDbConnection());
        command.Parameters.AddRange(Parameters());
        var plan = (string)(await command.ExecuteScalarAsync(ct))!;
        return double.Parse(Rows().Match(plan).Groups[1].Value, CultureInfo.InvariantCulture);
    }

    private async Task<(int First, int Last)> MonthsAsync(CancellationToken ct)
    {
        var oldest = await db.Stories.Live(now).MinAsync(s => s.PublishAt, ct);
        return (SearchEntry.MonthOf(oldest ?? now), SearchEntry.MonthOf(now));
    }

    /// <param name="months">
    /// The newest first: they are gone through one by one, and only until there are enough. Where all stories are meant, null.
    /// </param>
    private Task<List<SearchCandidate>> NewestAsync(bool inHeading, int[]? months, int most, CancellationToken ct)
    {
        var (rank, isInHeading) = scope.Words is null ? ("0", "false") : ("ts_rank_cd(vector, CAST(@words AS tsquery), 1)", "heading @@ CAST(@words AS tsquery)");
        var sql = $"""
            SELECT story_id AS "StoryId", published_at AS "PublishedAt", topic_ids AS "TopicIds", writer_ids AS "WriterIds",
                {rank}::real AS "Rank", {isInHeading} AS "IsInHeading"
            FROM {(months is null ? "" : "unnest(@months) AS gone_through (in_month), ")}LATERAL (
                SELECT * FROM search_entries
                WHERE {Conditions(inHeading)} {(months is null ? "" : "AND month = in_month")}
                    AND published_at >= @from AND published_at < @before AND published_at <= @now
                ORDER BY published_at DESC, story_id DESC LIMIT @most
            ) AS newest
            LIMIT @most
            """;
        return db.Database.SqlQueryRaw<SearchCandidate>(sql,
            [
                .. Parameters(), new NpgsqlParameter("months", months ?? []), new NpgsqlParameter("from", scope.From ?? DateTimeOffset.MinValue),
                new NpgsqlParameter("before", scope.Before ?? DateTimeOffset.MaxValue), new NpgsqlParameter("now", now), new NpgsqlParameter("most", most),
            ]).ToListAsync(ct);
    }

    private string Conditions(bool inHeading) => string.Join(" AND ", new[]
    {
        "true",
        scope.Words is null ? "" : $"{(inHeading ? "heading" : "vector")} @@ CAST(@words AS tsquery)",
        scope.SectionId is null ? "" : "section_id = @section",
        scope.TopicId is null ? "" : "topic_ids @> ARRAY[@topic]",
        scope.WriterId is null ? "" : "writer_ids @> ARRAY[@writer]",
    }.Where(condition => condition.Length > 0));

    private NpgsqlParameter[] Parameters() =>
    [
        new("words", scope.Words?.Query ?? ""), new("section", scope.SectionId ?? 0), new("topic", scope.TopicId ?? 0), new("writer", scope.WriterId ?? 0),
    ];

    [GeneratedRegex(@"rows=(\d+)")]
    private static partial Regex Rows();
}
