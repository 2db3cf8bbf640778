using LondonDefender.Archive;

namespace LondonDefender.Tests.Archive;

/// <summary>Filters, order, and the bounds within which a question is answered.</summary>
public sealed class NarrowedSearchTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    [Theory]
    [InlineData("q=marrow&topic=floods", "Marrow in the flood")]
    [InlineData("q=marrow&topic=Floods", "Marrow in the flood")]
    [InlineData("q=marrow&writer=maud-ferrier", "Marrow by Maud, Marrow in the flood")]
    [InlineData("q=marrow&writer=MAUD+FERRIER&topic=floods", "Marrow in the flood")]
    [InlineData("q=marrow&section=britain&writer=maud-ferrier", "Marrow by Maud")]
    [InlineData("topic=floods", "Marrow in the flood")]
    [InlineData("writer=idris-quill&section=britain", "")]
    public async Task Topic_and_writer_narrow_by_slug_or_name(string question, string found)
    {
        await CastAsync();

        Assert.Equal(found, string.Join(", ", (await HitsAsync("/search?" + question)).Order(StringComparer.Ordinal)));
    }

    [Theory]
    [InlineData("topic=no+such+topic", "No topic is called “no such topic”.")]
    [InlineData("q=marrow&writer=Nobody", "No writer is called “Nobody”.")]
    public async Task A_name_nobody_knows_is_told(string question, string sentence)
    {
        Assert.Equal(sentence, (await newsroom.ReadAsync("/search?" + question)).QuerySelector(".problem")!.TextContent);
    }

    [Theory]
    [InlineData("topic=%00")]
    [InlineData("writer=%EE%80%80")]
    [InlineData("q=a&topic='%3B--&writer=%22")]
    [InlineData("order=sideways&exact=perhaps&q=x")]
    public async Task Odd_filters_are_answered(string question)
    {
        Assert.InRange((int)await newsroom.StatusOf("/search?" + question), 200, 400);
    }

    [Fact]
    public async Task Newest_first_is_by_date_alone()
    {
        var now = newsroom.Clock.GetUtcNow();
        await newsroom.PublishAsync(Edition.Told("Turnip turnip turnip", "Turnip, turnip and turnip."), now.AddDays(-9));
        await newsroom.PublishAsync(Edition.Told("Vegetables of the year", "A turnip."), now.AddDays(-2));

        Assert.Equal(["Turnip turnip turnip", "Vegetables of the year"], await HitsAsync("/search?q=turnip"));
        Assert.Equal(["Vegetables of the year", "Turnip turnip turnip"], await HitsAsync("/search?q=turnip&order=newest"));
    }

    [Fact]
    public async Task What_a_story_is_filed_under_now_is_what_it_is_found_under()
    {
        var id = await newsroom.PublishAsync(Edition.Told("Celery moves house", "C.") with { TopicIds = [Edition.Floods], WriterIds = [Edition.Maud] });
        await newsroom.RewriteAsync(id, text => text with { TopicIds = [Edition.Harbour], WriterIds = [], SectionId = Edition.Britain });

        Assert.Equal(["Celery moves house"], await HitsAsync("/search?q=celery&topic=floods&writer=maud-ferrier&section=world"));
        await newsroom.RepublishAsync(id, text => text with { Standfirst = "Again." });

        Assert.Empty(await HitsAsync("/search?q=celery&topic=floods"));
        Assert.Empty(await HitsAsync("/search?q=celery&writer=maud-ferrier"));
        Assert.Equal(["Celery moves house"], await HitsAsync("/search?q=celery&topic=harbour&section=britain"));
    }

    [Fact]
    public async Task A_story_whose_embargo_moved_it_is_found_on_its_new_day()
    {
        var now = newsroom.Clock.GetUtcNow();
        var id = await newsroom.PublishAsync(Edition.Told("Fennel at noon", "F."), now.AddHours(1));
        await newsroom.Desk.EmbargoAsync(id, now.AddDays(40));
        newsroom.Clock.MoveTo(now.AddDays(41));

        Assert.Equal(["Fennel at noon"], await HitsAsync("/search?q=fennel&from=2026-04-01"));
        Assert.Empty(await HitsAsync("/search?q=fennel&to=2026-04-01"));
        newsroom.Clock.MoveTo(now);
    }

    [Fact]
    public async Task A_word_of_very_many_stories_is_answered_within_bounds_and_the_best_headline_is_among_them()
    {
        await newsroom.PublishAsync(Edition.Told("Rutabaga, the old champion", "R."), DateTimeOffset.Parse("2019-05-01T09:00Z", null));
        await FillAsync(2_000);

        var first = await newsroom.ReadAsync("/search?q=rutabaga");
        Assert.Equal($"More than {ArchiveSearch.Most} stories, the best first", first.QuerySelector("h2.search-said")!.TextContent);
        Assert.Equal("Rutabaga, the old champion", first.QuerySelector(".hits h3")!.TextContent.Trim());

        HashSet<string> seen = [];
        var next = "/search?q=rutabaga&order=newest";
        for (var page = 1; next is not null; page++)
        {
            var results = await newsroom.ReadAsync(next);
            Assert.All(results.QuerySelectorAll(".hits h3 a"), a => Assert.True(seen.Add(a.GetAttribute("href")!), $"Twice on page {page}."));
            next = results.QuerySelector("a[rel=next]")?.GetAttribute("href");
        }

        Assert.Equal(ArchiveSearch.Most, seen.Count);
    }

    private static bool isCast;

    private async Task CastAsync()
    {
        if (isCast)
            return;

        isCast = true;
        await newsroom.PublishAsync(Edition.Told("Marrow in the flood", "M.") with { TopicIds = [Edition.Floods], WriterIds = [Edition.Maud, Edition.Idris] });
        await newsroom.PublishAsync(Edition.Told("Marrow by Maud", "M.", Edition.Britain) with { WriterIds = [Edition.Maud] });
        await newsroom.PublishAsync(Edition.Told("Marrow alone", "M."));
    }

    /// <summary>So many live stories that the search cannot look at them all, copied from one in the database itself.</summary>
    private async Task FillAsync(int count)
    {
        var model = await newsroom.PublishAsync(Edition.Told("Kitchen notes", "Among much else, a rutabaga."));
        await using var db = await newsroom.OpenDbAsync();
        await using var connection = new Npgsql.NpgsqlConnection(newsroom.ConnectionString);
        await connection.OpenAsync();
        await using var fill = new Npgsql.NpgsqlCommand($"""
            CREATE TEMPORARY TABLE many AS SELECT * FROM generate_series(100001, {100_000 + count}) AS id;
            BEGIN;
            INSERT INTO stories (id, created_at, saved_at, revision_number, published_number, publish_at, section_id, draft_copy, draft_credit_line, draft_dateline,
                draft_headline, draft_kicker, draft_related_ids, draft_slug, draft_standfirst, draft_topic_ids, draft_writer_ids)
            SELECT many.id, created_at, saved_at, 1, 1, publish_at - many.id % 700 * interval '1 day', section_id, 'K.', '', '', draft_headline, '', ARRAY[]::integer[], '', '', ARRAY[]::integer[], ARRAY[]::integer[]
            FROM stories, many WHERE stories.id = {model};
            INSERT INTO revisions (story_id, number, saved_at, is_substantive, reason, copy, credit_line, dateline, headline, kicker, related_ids, slug, standfirst, topic_ids, writer_ids)
            SELECT many.id, 1, saved_at, false, '', 'K.', '', '', headline, '', ARRAY[]::integer[], '', '', ARRAY[]::integer[], ARRAY[]::integer[]
            FROM revisions, many WHERE story_id = {model};
            INSERT INTO search_entries (story_id, headline, standfirst, body, published_at, section_id)
            SELECT many.id, entry.headline, '', entry.body, stories.publish_at, stories.section_id
            FROM search_entries entry, many JOIN stories ON stories.id = many.id WHERE entry.story_id = {model};
            COMMIT;
            ANALYZE search_entries;
            """, connection);
        await fill.ExecuteNonQueryAsync();
    }

    private async Task<List<string>> HitsAsync(string address) =>
        [.. (await newsroom.ReadAsync(address)).QuerySelectorAll(".hits h3").Select(h => h.TextContent.Trim())];
}
