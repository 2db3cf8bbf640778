using LondonDefender.Data;
using LondonDefender.ReadMore;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace LondonDefender.Sections;

/// <summary>
/// One section, topic or writer becomes part of another: its stories, what fronts fill themselves from, and its addresses. Stories move in slices, between
/// which colleagues can save; where it is broken off it goes on from there the next time.
/// </summary>
internal sealed class NameMerge(NewsroomDb db, NamedKind kind, int from, int into)
{
    private const int AtOnce = 300;

    /// <summary>The stories that are moved, those of drafts included; counted no further than to <paramref name="most"/>.</summary>
    public static Task<int> CountStoriesAsync(NewsroomDb db, NamedKind kind, int id, int most, CancellationToken ct)
    {
        var sql = $"SELECT count(*)::integer AS \"Value\" FROM ({Next(kind)}) AS its";
        return db.Database.SqlQueryRaw<int>(sql, new NpgsqlParameter("from", id), new NpgsqlParameter("most", most)).SingleAsync(ct);
    }

    public async Task RunAsync(CancellationToken ct)
    {
        while (await MoveSomeAsync(ct))
        {
        }

        // Texts of before that no page shows any more, but the log of changes may.
        await ExecuteAsync($"UPDATE revisions SET {Moved("")} WHERE {Names("")}", [], ct);
        await using var turn = await db.Database.BeginTransactionAsync(ct);
        await ReadMoreLinks.TakeTurnAsync(db, ct);
        while (await MoveSliceAsync(ct) > 0)
        {
        }

        await EndAsync(ct);
        await turn.CommitAsync(ct);
    }

    private async Task<bool> MoveSomeAsync(CancellationToken ct)
    {
        await using var turn = await db.Database.BeginTransactionAsync(ct);
        await ReadMoreLinks.TakeTurnAsync(db, ct);
        var moved = await MoveSliceAsync(ct);
        await turn.CommitAsync(ct);
        return moved == AtOnce;
    }

    private async Task<int> MoveSliceAsync(CancellationToken ct)
    {
        var next = $"SELECT id AS \"Value\" FROM ({Next(kind)}) AS its";
        var ids = await db.Database.SqlQueryRaw<int>(next, new NpgsqlParameter("from", from), new NpgsqlParameter("most", AtOnce)).ToArrayAsync(ct);
        if (ids.Length == 0)
            return 0;

        await ExecuteAsync($"UPDATE revisions SET {Moved("")} WHERE story_id = ANY (@ids) AND {Names("")}", ids, ct);
        await ExecuteAsync($"UPDATE stories SET {Moved("draft_")} WHERE id = ANY (@ids) AND {Names("draft_")}", ids, ct);
        await ExecuteAsync($"UPDATE search_entries SET {Moved("")} WHERE story_id = ANY (@ids) AND {Names("")}", ids, ct);
        await ExecuteAsync(Filed, ids, ct);
        return ids.Length;
    }

    /// <summary>What is left when it has no story any more.</summary>
    private async Task EndAsync(CancellationToken ct)
    {
        if (kind == NamedKind.Topic)
            await ExecuteAsync("UPDATE topic_synonyms SET topic_id = @into WHERE topic_id = @from", [], ct);
        if (kind != NamedKind.Writer)
        {
            await ExecuteAsync(FilledFrom("fronts", "draft"), [], ct);
            await ExecuteAsync(FilledFrom("front_versions", "arrangement"), [], ct);
        }

        if (kind == NamedKind.Section)
            await HandEditorsOnAsync(ct);

        await ExecuteAsync("UPDATE former_slugs SET target_id = @into WHERE kind = @kind AND target_id = @from", [], ct);
        await ExecuteAsync($"""
            INSERT INTO former_slugs (kind, slug, former_id, target_id) SELECT @kind, slug, id, @into FROM {Table} WHERE id = @from
            ON CONFLICT (kind, slug) DO UPDATE SET former_id = excluded.former_id, target_id = excluded.target_id
            """, [], ct);
        await ExecuteAsync($"DELETE FROM {Table} WHERE id = @from", [], ct);
        await db.SaveChangesAsync(ct);
    }

    /// <summary>Whoever was editor of the one is editor of the other; they sign in anew, since a sign-in names the sections.</summary>
    private async Task HandEditorsOnAsync(CancellationToken ct)
    {
        foreach (var editor in await db.Users.Where(person => person.SectionIds.Contains(from)).ToListAsync(ct))
        {
            editor.SectionIds = [.. editor.SectionIds.Select(id => id == from ? into : id).Distinct().Order()];
            editor.SecurityStamp = Guid.NewGuid().ToString();
            editor.ConcurrencyStamp = Guid.NewGuid().ToString();
        }
    }

    /// <summary>Containers of fronts that fill up from it.</summary>
    private string FilledFrom(string table, string column)
    {
        var fill = kind == NamedKind.Section ? "sectionId" : "topicId";
        return $$"""
            UPDATE {{table}} SET {{column}} = jsonb_set({{column}}, ARRAY['containers'], (
                SELECT jsonb_agg(CASE WHEN container->'fill'->'{{fill}}' = to_jsonb(@from) THEN jsonb_set(container, ARRAY['fill','{{fill}}'], to_jsonb(@into)) ELSE container END ORDER BY place)
                FROM jsonb_array_elements({{column}}->'containers') WITH ORDINALITY AS each (container, place)))
            WHERE {{column}} @> jsonb_build_object('containers', jsonb_build_array(jsonb_build_object('fill', jsonb_build_object('{{fill}}', @from))))
            """;
    }

    private string Table => kind switch { NamedKind.Section => "sections", NamedKind.Topic => "topics", NamedKind.Writer => "writers", _ => throw new InvalidOperationException() };

    private string Column => kind switch { NamedKind.Section => "section_id", NamedKind.Topic => "topic_id", NamedKind.Writer => "writer_id", _ => throw new InvalidOperationException() };

    private string Names(string prefix) => kind == NamedKind.Section ? $"{prefix}section_id = @from" : $"{prefix}{Column}s @> ARRAY[@from]";

    private string Moved(string prefix)
    {
        var column = prefix + Column;
        return kind == NamedKind.Section
            ? $"{column} = @into"
            : $"{column}s = CASE WHEN @into = ANY ({column}s) THEN array_remove({column}s, @from) ELSE array_replace({column}s, @from, @into) END";
    }

    /// <summary>By what readers' pages find the stories.</summary>
    private string Filed => kind switch
    {
        NamedKind.Section => "UPDATE stories SET section_id = @into WHERE id = ANY (@ids) AND section_id = @from",
        NamedKind.Topic => FiledIn("story_topics"),
        NamedKind.Writer => FiledIn("story_bylines"),
        _ => throw new InvalidOperationException(),
    };

    private string FiledIn(string table) => $"""
        DELETE FROM {table} AS old WHERE story_id = ANY (@ids) AND {Column} = @from AND EXISTS (SELECT FROM {table} AS new WHERE new.story_id = old.story_id AND new.{Column} = @into);
        UPDATE {table} SET {Column} = @into WHERE story_id = ANY (@ids) AND {Column} = @from
        """;

    private static string Next(NamedKind kind) => kind switch
    {
        NamedKind.Section => "SELECT id FROM stories WHERE draft_section_id = @from UNION SELECT id FROM stories WHERE section_id = @from LIMIT @most",
        NamedKind.Topic => "SELECT id FROM stories WHERE draft_topic_ids @> ARRAY[@from] UNION SELECT story_id FROM story_topics WHERE topic_id = @from LIMIT @most",
        NamedKind.Writer => "SELECT id FROM stories WHERE draft_writer_ids @> ARRAY[@from] UNION SELECT story_id FROM story_bylines WHERE writer_id = @from LIMIT @most",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    private Task ExecuteAsync(string sql, int[] ids, CancellationToken ct) => db.Database.ExecuteSqlRawAsync(sql,
        [new NpgsqlParameter("from", from), new NpgsqlParameter("into", into), new NpgsqlParameter("kind", kind.ToString()), new NpgsqlParameter("ids", ids)], ct);
}
