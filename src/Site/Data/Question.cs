using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace LondonDefender.Data;

/// <summary>A question in SQL with its values, $1 first. For pages that are asked for all the time; everything else is asked in LINQ.</summary>
public sealed record Question(string Sql, params IReadOnlyList<object> Values);

public static class Questions
{
    // Left alone, PostgreSQL plans most of them anew each time, which takes it longer than the answers. What they find does not hang on their values.
    // As long as the trip lasts, or the transaction it is made in.
    private const string PlannedOnce = "SELECT set_config('plan_cache_mode', 'force_generic_plan', true)";

    /// <summary>Takes several questions to the database in one trip. They are answered in their order.</summary>
    public static async Task<Answers> AskAsync(this NewsroomDb db, CancellationToken ct, params IReadOnlyList<Question> questions)
    {
        await db.Database.OpenConnectionAsync(ct);
        try
        {
            var batch = new NpgsqlBatch((NpgsqlConnection)db.Database.GetDbConnection());
            batch.BatchCommands.Add(new(PlannedOnce));
            foreach (var question in questions)
                batch.BatchCommands.Add(AsCommand(question));
            return new Answers(db, batch, await batch.ExecuteReaderAsync(ct), ct);
        }
        catch
        {
            await db.Database.CloseConnectionAsync();
            throw;
        }
    }

    private static NpgsqlBatchCommand AsCommand(Question question)
    {
        var command = new NpgsqlBatchCommand(question.Sql);
        foreach (var value in question.Values)
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        return command;
    }
}

/// <summary>The answers to the questions of one trip; each is read once, in the order of the questions. With the last the connection is free again.</summary>
public sealed class Answers(NewsroomDb db, NpgsqlBatch batch, NpgsqlDataReader reader, CancellationToken ct) : IAsyncDisposable
{
    private int read;
    private bool isOver;

    public async Task<List<T>> AllAsync<T>(Func<Row, T> row)
    {
        await TurnAsync();
        List<T> rows = [];
        while (await reader.ReadAsync(ct))
            rows.Add(row(new Row(reader)));
        await EndAsync();
        return rows;
    }

    public async Task<T?> FirstAsync<T>(Func<Row, T> row) where T : class
    {
        await TurnAsync();
        var first = await reader.ReadAsync(ct) ? row(new Row(reader)) : null;
        await EndAsync();
        return first;
    }

    public async ValueTask DisposeAsync()
    {
        if (isOver)
            return;

        isOver = true;
        await reader.DisposeAsync();
        await batch.DisposeAsync();
        await db.Database.CloseConnectionAsync();
    }

    private async Task TurnAsync()
    {
        read++;
        if (!await reader.NextResultAsync(ct))
            throw new InvalidOperationException("More answers were read than questions asked.");
    }

    private ValueTask EndAsync() => read == batch.BatchCommands.Count - 1 ? DisposeAsync() : default;
}

/// <summary>One row, read from its first column to its last.</summary>
public sealed class Row(NpgsqlDataReader reader)
{
    private int next;

    public int Number() => reader.GetInt32(next++);
    public string Text() => reader.GetString(next++);
    public bool Flag() => reader.GetBoolean(next++);
    public DateTimeOffset Moment() => reader.GetFieldValue<DateTimeOffset>(next++);
    public T[] List<T>() => reader.GetFieldValue<T[]>(next++);
    public T Word<T>() where T : struct, Enum => Enum.Parse<T>(reader.GetString(next++));

    public string? TextOrNull() => IsNull ? Skip<string?>() : Text();
    public int? NumberOrNull() => IsNull ? Skip<int?>() : Number();
    public DateTimeOffset? MomentOrNull() => IsNull ? Skip<DateTimeOffset?>() : Moment();

    /// <summary>Whether the next column is empty; it is not passed.</summary>
    public bool IsNull => reader.IsDBNull(next);

    private T? Skip<T>()
    {
        next++;
        return default;
    }
}
