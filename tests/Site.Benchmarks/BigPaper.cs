using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using LondonDefender.Bylines;
using LondonDefender.Data;
using LondonDefender.Fronts;
using LondonDefender.Hosting;
using LondonDefender.Paper;
using LondonDefender.Pictures;
using LondonDefender.ReadMore;
using LondonDefender.Sections;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;

namespace LondonDefender.Benchmarks;

/// <summary>A paper of as many stories as asked for, on a PostgreSQL of its own. Kept in its folder, it is there at once the next time, for a site too.</summary>
public sealed class BigPaper : IAsyncDisposable
{
    public const int Sections = 12, Topics = 2_000, Writers = 300, Pictures = 20_000;

    public static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    private readonly LocalPostgres postgres;
    private readonly DbContextOptions<NewsroomDb> options;

    private BigPaper(LocalPostgres postgres, string folder, int stories)
    {
        this.postgres = postgres;
        (Folder, Stories) = (folder, stories);
        ConnectionString = new NpgsqlConnectionStringBuilder(postgres.ConnectionString) { MaxPoolSize = 20, CommandTimeout = 0 }.ConnectionString;
        options = new DbContextOptionsBuilder<NewsroomDb>().UseNpgsql(ConnectionString).Options;
    }

    /// <summary>A site's data folder: a site that is started on it finds the paper.</summary>
    public string Folder { get; }

    public int Stories { get; }
    public string ConnectionString { get; }
    public string Version { get; private set; } = "";

    public PaperFrame Frame { get; } = new() { Settings = new PaperSettings(), Menu = [], Now = Now, Origin = "https://paper.example" };

    /// <param name="papers">Holds a folder for each size of paper.</param>
    public static async Task<BigPaper> OpenAsync(string papers, string? programs, int stories)
    {
        var folder = Path.Combine(papers, string.Create(CultureInfo.InvariantCulture, $"paper-{stories}"));
        var paper = await StartAsync(folder, programs, stories, durable: true);
        if (await paper.IsThereAsync())
            return paper;

        await paper.DisposeAsync();
        await using (var unsafely = await StartAsync(folder, programs, stories, durable: false))
        {
            await unsafely.EmptyAsync();
            await unsafely.PrintAsync();
        }

        return await StartAsync(folder, programs, stories, durable: true);
    }

    private static async Task<BigPaper> StartAsync(string folder, string? programs, int stories, bool durable)
    {
        var postgres = await LocalPostgres.StartAsync(new(Path.Combine(folder, "postgres"), programs, durable));
        var paper = new BigPaper(postgres, folder, stories);
        paper.Version = (await paper.AskAsync("SHOW server_version"))!;
        return paper;
    }

    public NewsroomDb OpenDb() => new(options);

    public async Task<string?> AskAsync(string sql)
    {
        await using var connection = await ConnectAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return Convert.ToString(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }

    /// <summary>Takes out what was written to it while it was measured, so that it is the same paper the next time.</summary>
    public async Task ForgetAsync()
    {
        string[] parts = ["revisions", "story_topics", "story_bylines", "search_entries", "known_headlines", "picture_uses", "story_reads"];
        // In one go: story and published revision hold each other until the end of it.
        await AskAsync(string.Join(';',
        [
            .. parts.Select(part => string.Create(null, $"DELETE FROM {part} WHERE story_id > {Stories}")),
            string.Create(null, $"DELETE FROM read_more_links WHERE from_id > {Stories}"),
            string.Create(null, $"DELETE FROM stories WHERE id > {Stories}"),
            "DELETE FROM users WHERE user_name LIKE 'measured-%'",
            "DELETE FROM invitations WHERE name LIKE 'measured-%'",
        ]));
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        await postgres.DisposeAsync();
    }

    private async Task<NpgsqlConnection> ConnectAsync()
    {
        var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync();
        return connection;
    }

    // The settings are written last: a generation that was broken off begins again.
    private async Task<bool> IsThereAsync()
    {
        await using var db = OpenDb();
        if (!(await db.Database.GetAppliedMigrationsAsync()).Any() || !await db.PaperSettings.AnyAsync())
            return false;

        await db.Database.MigrateAsync();
        return true;
    }

    private async Task EmptyAsync()
    {
        NpgsqlConnection.ClearAllPools();
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(ConnectionString) { Database = "postgres", Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        foreach (var statement in new[] { "DROP DATABASE newsroom", "CREATE DATABASE newsroom" })
        {
            await using var command = new NpgsqlCommand(statement, connection);
            await command.ExecuteNonQueryAsync();
        }
    }

    private async Task PrintAsync()
    {
        var watch = Stopwatch.StartNew();
        await using (var db = OpenDb())
        {
            await db.Database.MigrateAsync();
            await FillFilingAsync(db);
        }

        Said(watch, "migrated");
        var indexes = await TakeAwayAsync();
        var vocabulary = Vocabulary.OfTheDemoEdition();
        await CopyAsync(vocabulary);
        Said(watch, $"{Stories:N0} stories copied");
        foreach (var index in indexes)
            await AskAsync("SET maintenance_work_mem = '1GB'; " + index);
        Said(watch, "indexes made");

        await AskAsync(Words);
        await AskAsync($"SELECT setval(pg_get_serial_sequence('stories', 'id'), {Stories})");
        await AskAsync("VACUUM ANALYZE");
        await using (var db = OpenDb())
        {
            db.Add(new PaperSettings());
            await db.SaveChangesAsync();
        }

        Said(watch, $"ready, {await AskAsync("SELECT pg_size_pretty(pg_database_size(current_database()))")}");
    }

    private const string Words = """
        INSERT INTO search_words (word, stories)
        SELECT word, ndoc FROM ts_stat($$ SELECT to_tsvector('newsroom_words', headline || ' ' || standfirst) FROM search_entries $$)
        WHERE length(word) BETWEEN 3 AND 30 AND word !~ '[[:digit:][:punct:]]'
        """;

    private static void Said(Stopwatch watch, string what) => Console.WriteLine($"{watch.Elapsed:hh\\:mm\\:ss}  {what}");

    private static async Task FillFilingAsync(NewsroomDb db)
    {
        var vocabulary = Vocabulary.OfTheDemoEdition();
        for (var i = 1; i <= Sections; i++)
            db.Add(new Section { Name = $"Section {Vocabulary.NameAt(i)}", Slug = $"section-{i}", Position = i });
        for (var i = 1; i <= Topics; i++)
            db.Add(new Topic { Name = $"{Vocabulary.NameAt(i * 3)} {vocabulary.WordAt(200 + (i % 2_000))}", Slug = $"topic-{i}" });
        for (var i = 1; i <= Writers; i++)
            db.Add(new Writer { Name = $"{Vocabulary.NameAt(i * 7)} {Vocabulary.NameAt(i * 11)}", Slug = $"writer-{i}", Role = "Reporter" });
        db.AddRange(Enumerable.Range(1, Pictures).Select(Picture));
        await db.SaveChangesAsync();
        var front = new Front { Id = Front.OfThePaper };
        front.Rearrange(new() { Containers = [.. Containers()] }, null, DateTimeOffset.UnixEpoch);
        db.AddRange(front, front.Publish(DateTimeOffset.UnixEpoch, null, DateTimeOffset.UnixEpoch));
        await db.SaveChangesAsync();
    }

    private static IEnumerable<Container> Containers() =>
    [
        new() { Key = "latest", Title = "Latest", Layout = ContainerLayout.Lead, Size = 7 },
        .. Enumerable.Range(1, 5).Select(i => new Container { Key = $"section-{i}", Title = $"Section {Vocabulary.NameAt(i)}", Layout = ContainerLayout.Grid, Size = 6, Fill = new() { SectionId = i } }),
    ];

    /// <summary>What is known about a picture; the files themselves would be 100 GB that nobody looks at.</summary>
    private static Picture Picture(int number) => new()
    {
        FileHash = Convert.ToHexStringLower(SHA256.HashData(BitConverter.GetBytes(number))),
        FileName = $"IMG_{number}.jpg",
        Format = "jpeg",
        Width = 3_000,
        Height = 2_000,
        Bytes = 4_000_000 + number,
        Colour = string.Create(null, $"#{number % 256:x2}8090"),
        Caption = $"{Vocabulary.NameAt(number)} seen from {Vocabulary.NameAt(number * 2)}, where the work goes on",
        Alt = $"Two people on the bridge at {Vocabulary.NameAt(number)}",
        Credit = $"{Vocabulary.NameAt(number % 90)} {Vocabulary.NameAt(number % 70)}",
        UploadedAt = Now.AddHours(-number),
    };

    /// <summary>Indexes and references cost least when they are made at the end, over everything, and nobody needs to be told of each story. What brings them back is returned.</summary>
    private async Task<List<string>> TakeAwayAsync()
    {
        List<(string Away, string Back)> parts = [];
        await using var connection = await ConnectAsync();
        await using (var find = new NpgsqlCommand("""
            SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname),
                   format('ALTER TABLE %s ADD CONSTRAINT %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)), 2 AS turn
            FROM pg_constraint WHERE contype = 'f' AND connamespace = 'public'::regnamespace
            UNION ALL
            SELECT format('DROP INDEX %s', indexrelid::regclass), pg_get_indexdef(indexrelid), 1
            FROM pg_index JOIN pg_class ON pg_class.oid = indrelid
            WHERE relnamespace = 'public'::regnamespace AND NOT indisprimary
                AND relname IN ('stories', 'revisions', 'search_entries', 'story_topics', 'story_bylines', 'read_more_links', 'known_headlines', 'picture_uses', 'search_words')
            UNION ALL
            SELECT format('ALTER TABLE %s DISABLE TRIGGER %I', tgrelid::regclass, tgname), format('ALTER TABLE %s ENABLE TRIGGER %I', tgrelid::regclass, tgname), 3
            FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid WHERE NOT tgisinternal AND relnamespace = 'public'::regnamespace
            ORDER BY turn
            """, connection))
        {
            await using var found = await find.ExecuteReaderAsync();
            while (await found.ReadAsync())
                parts.Add((found.GetString(0), found.GetString(1)));
        }

        foreach (var part in parts.AsEnumerable().Reverse())
        {
            await using var away = new NpgsqlCommand(part.Away, connection);
            await away.ExecuteNonQueryAsync();
        }

        return [.. parts.Select(part => part.Back)];
    }

    /// <summary>Two hands: PostgreSQL takes longest over the words of the working texts and of the search, so each gets its own.</summary>
    private Task CopyAsync(Vocabulary vocabulary) => Task.WhenAll(
        CopyAsync(vocabulary, (Stories_, WriteStoryAsync)),
        CopyAsync(vocabulary, (Entries, WriteEntryAsync), (Revisions, WriteRevisionAsync), (Headlines, WriteHeadlineAsync),
            ("story_topics (story_id, topic_id, publish_at)", WriteTopicsAsync),
            ("story_bylines (story_id, writer_id, position)", (row, story) => WriteRowsAsync(row, story.WriterIds.Select((writer, place) => new[] { story.Id, writer, place }))),
            ("picture_uses (story_id, picture_id, revision_number)", (row, story) => WriteRowsAsync(row, story.PictureId is { } picture ? [[story.Id, picture, 1]] : [])),
            ("read_more_links (from_id, revision_number, position, to_id)", (row, story) => WriteRowsAsync(row, story.LeadsTo.Select((to, place) => new[] { story.Id, 1, place, to })))));

    private async Task CopyAsync(Vocabulary vocabulary, params (string Table, Func<NpgsqlBinaryImporter, InventedStory, Task> Write)[] tables)
    {
        var connections = await Task.WhenAll(tables.Select(_ => ConnectAsync()));
        var copies = await Task.WhenAll(connections.Zip(tables, (connection, table) => connection.BeginBinaryImportAsync($"COPY {table.Table} FROM STDIN (FORMAT binary)")));
        for (var id = 1; id <= Stories; id++)
        {
            var story = InventedStory.At(id, Stories, vocabulary);
            for (var i = 0; i < tables.Length; i++)
                await tables[i].Write(copies[i], story);
        }

        foreach (var (connection, copy) in connections.Zip(copies))
        {
            await copy.CompleteAsync();
            await copy.DisposeAsync();
            await connection.DisposeAsync();
        }
    }

    private const string Stories_ = """
        stories (id, created_at, saved_at, revision_number, published_number, publish_at, withdrawn_at, section_id,
            draft_copy, draft_credit_line, draft_dateline, draft_headline, draft_kicker, draft_picture_id, draft_picture_alt, draft_picture_caption, draft_related_ids, draft_section_id, draft_slug, draft_standfirst, draft_topic_ids, draft_writer_ids)
        """;

    private static async Task WriteStoryAsync(NpgsqlBinaryImporter row, InventedStory story)
    {
        await row.StartRowAsync();
        await row.WriteAsync(story.Id, NpgsqlDbType.Integer);
        await row.WriteAsync(story.PublishAt, NpgsqlDbType.TimestampTz);
        await row.WriteAsync(story.PublishAt, NpgsqlDbType.TimestampTz);
        await row.WriteAsync(1, NpgsqlDbType.Integer);
        await row.WriteAsync(1, NpgsqlDbType.Integer);
        await row.WriteAsync(story.PublishAt, NpgsqlDbType.TimestampTz);
        await row.WriteAsync(story.WithdrawnAt, NpgsqlDbType.TimestampTz);
        await row.WriteAsync(story.SectionId, NpgsqlDbType.Integer);
        await WriteTextAsync(row, story);
    }

    private const string Entries = "search_entries (story_id, headline, standfirst, body, published_at, section_id, topic_ids, writer_ids)";

    private static async Task WriteEntryAsync(NpgsqlBinaryImporter row, InventedStory story)
    {
        await row.StartRowAsync();
        await row.WriteAsync(story.Id, NpgsqlDbType.Integer);
        await row.WriteAsync(story.Headline, NpgsqlDbType.Text);
        await row.WriteAsync(story.Standfirst, NpgsqlDbType.Text);
        await row.WriteAsync(story.Prose, NpgsqlDbType.Text);
        await row.WriteAsync(story.PublishAt, NpgsqlDbType.TimestampTz);
        await row.WriteAsync(story.SectionId, NpgsqlDbType.Integer);
        await row.WriteAsync(story.TopicIds, NpgsqlDbType.Array | NpgsqlDbType.Integer);
        await row.WriteAsync(story.WriterIds, NpgsqlDbType.Array | NpgsqlDbType.Integer);
    }

    private const string Revisions = """
        revisions (story_id, number, saved_at, published_at, is_substantive, reason,
            copy, credit_line, dateline, headline, kicker, picture_id, picture_alt, picture_caption, related_ids, section_id, slug, standfirst, topic_ids, writer_ids)
        """;

    private static async Task WriteRevisionAsync(NpgsqlBinaryImporter row, InventedStory story)
    {
        await row.StartRowAsync();
        await row.WriteAsync(story.Id, NpgsqlDbType.Integer);
        await row.WriteAsync(1, NpgsqlDbType.Integer);
        await row.WriteAsync(story.PublishAt, NpgsqlDbType.TimestampTz);
        await row.WriteAsync(story.PublishAt, NpgsqlDbType.TimestampTz);
        await row.WriteAsync(false, NpgsqlDbType.Boolean);
        await row.WriteAsync("", NpgsqlDbType.Text);
        await WriteTextAsync(row, story);
    }

    private const string Headlines = "known_headlines (story_id, headline)";

    private static async Task WriteHeadlineAsync(NpgsqlBinaryImporter row, InventedStory story)
    {
        await row.StartRowAsync();
        await row.WriteAsync(story.Id, NpgsqlDbType.Integer);
        await row.WriteAsync(ReadMoreLinks.Key(story.Headline), NpgsqlDbType.Text);
    }

    private static async Task WriteTopicsAsync(NpgsqlBinaryImporter row, InventedStory story)
    {
        foreach (var topic in story.TopicIds)
        {
            await row.StartRowAsync();
            await row.WriteAsync(story.Id, NpgsqlDbType.Integer);
            await row.WriteAsync(topic, NpgsqlDbType.Integer);
            await row.WriteAsync(story.PublishAt, NpgsqlDbType.TimestampTz);
        }
    }

    private static async Task WriteRowsAsync(NpgsqlBinaryImporter copy, IEnumerable<int[]> rows)
    {
        foreach (var row in rows)
        {
            await copy.StartRowAsync();
            foreach (var number in row)
                await copy.WriteAsync(number, NpgsqlDbType.Integer);
        }
    }

    private static async Task WriteTextAsync(NpgsqlBinaryImporter row, InventedStory story)
    {
        await row.WriteAsync(story.Copy, NpgsqlDbType.Text);
        await row.WriteAsync("", NpgsqlDbType.Text);
        await row.WriteAsync(story.Dateline, NpgsqlDbType.Text);
        await row.WriteAsync(story.Headline, NpgsqlDbType.Text);
        await row.WriteAsync(story.Kicker, NpgsqlDbType.Text);
        await row.WriteAsync(story.PictureId, NpgsqlDbType.Integer);
        await row.WriteAsync("", NpgsqlDbType.Text);
        await row.WriteAsync(story.PictureId is null ? "" : story.Standfirst, NpgsqlDbType.Text);
        await row.WriteAsync(story.RelatedIds, NpgsqlDbType.Array | NpgsqlDbType.Integer);
        await row.WriteAsync(story.SectionId, NpgsqlDbType.Integer);
        await row.WriteAsync("", NpgsqlDbType.Text);
        await row.WriteAsync(story.Standfirst, NpgsqlDbType.Text);
        await row.WriteAsync(story.TopicIds, NpgsqlDbType.Array | NpgsqlDbType.Integer);
        await row.WriteAsync(story.WriterIds, NpgsqlDbType.Array | NpgsqlDbType.Integer);
    }
}
