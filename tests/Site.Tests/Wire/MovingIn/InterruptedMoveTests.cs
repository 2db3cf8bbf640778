using System.Security;
using System.Text.RegularExpressions;
using LondonDefender.Staff;
using LondonDefender.Tests.Pictures;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace LondonDefender.Tests.Wire.MovingIn;

public sealed class InterruptedMoveTests(Newsroom newsroom) : IClassFixture<Newsroom>, IDisposable
{
    private const int Stories = 230;

    private readonly string file = Path.GetTempFileName();

    public void Dispose() => File.Delete(file);

    [Fact]
    public async Task A_dry_run_reports_the_same_and_writes_nothing()
    {
        await WriteAsync("dry");
        var before = await RowsAsync();

        var dry = (await HeraldMovedIn.MoveAsync(newsroom, file, options => options with { IsDryRun = true, MakeSections = true })).ToString();
        var after = await RowsAsync();
        var real = (await HeraldMovedIn.MoveAsync(newsroom, file, options => options with { MakeSections = true })).ToString();

        Assert.Equal(before, after);
        Assert.Contains(" (a dry run: nothing was written)", dry, StringComparison.Ordinal);
        Assert.Equal(real, dry.Replace(" (a dry run: nothing was written)", "", StringComparison.Ordinal).Replace(" pictures to fetch", " pictures", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_killed_import_goes_on_where_it_ended_and_takes_nothing_twice()
    {
        await WriteAsync("killed");
        using var kill = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => HeraldMovedIn.MoveAsync(newsroom, file, tell: _ => kill.Cancel(), ct: kill.Token));
        await using var db = await newsroom.OpenDbAsync();
        var begun = await CountAsync("killed");
        // What an editor did with one of them meanwhile is the editor's.
        var first = await db.Stories.Where(s => s.Draft.Headline == "killed story 1").Select(s => s.Id).SingleAsync();
        await newsroom.RewriteAsync(first, text => text with { Copy = "Mine now." });

        var report = (await HeraldMovedIn.MoveAsync(newsroom, file)).ToString();

        Assert.InRange(begun, 1, Stories - 1);
        Assert.Equal(Stories, await CountAsync("killed"));
        Assert.Contains($"{begun} here already", report, StringComparison.Ordinal);
        Assert.Equal("Mine now.", (await newsroom.StoryAsync(first)).Draft.Copy);
        var ids = await db.Stories.Where(s => EF.Functions.Like(s.Draft.Headline, "killed story %")).ToDictionaryAsync(s => s.Draft.Headline, s => s.Id);
        // Each leads to the one after it, also across the place where it was killed, and the newsroom's list says so.
        for (var number = 2; number < Stories; number++)
        {
            var next = ids[$"killed story {number + 1}"];
            Assert.Equal($"Told, as [the next](story:{next}) tells.\n\nREAD MORE: killed story {number + 1}", (await newsroom.StoryAsync(ids[$"killed story {number}"])).Draft.Copy);
            Assert.Equal(2, await db.ReadMoreLinks.CountAsync(l => l.FromId == ids[$"killed story {number}"] && l.ToId == next));
        }
    }

    [Fact]
    public async Task A_picture_that_did_not_come_comes_with_the_next_run_but_not_into_a_story_somebody_had_in_hand()
    {
        Vips.IsNeeded();
        await File.WriteAllTextAsync(file, $"""
            <rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><link>https://seen.example/</link>
            {string.Concat(Enumerable.Range(1, 2).Select(number => $"""
                <item><title>seen story {number}</title><link>https://seen.example/{number}</link><guid>seen-{number}</guid><pubDate>Wed, 01 Jan 2020 00:00:00 GMT</pubDate>
                <content:encoded>{SecurityElement.Escape("<p>Look.</p><img src='/up/quay.jpg' alt='A quay'><img src='/up/never.jpg'>")}</content:encoded></item>
                """))}
            </channel></rss>
            """);
        var folder = Directory.CreateDirectory(Path.Combine(newsroom.DataFolder, "old-pictures"));
        await HeraldMovedIn.MoveAsync(newsroom, file, options => options with { Pictures = folder.FullName });
        await using var db = await newsroom.OpenDbAsync();
        var ids = await db.Stories.Where(s => EF.Functions.Like(s.Draft.Headline, "seen story %")).OrderBy(s => s.Draft.Headline).Select(s => s.Id).ToListAsync();
        var editor = await newsroom.IdOfAsync(await newsroom.SignInAsync(Role.Editor));
        await newsroom.Desk.SaveAsync(ids[1], 1, (await newsroom.StoryAsync(ids[1])).Draft with { Copy = "Mine now." }, editor);

        await File.WriteAllBytesAsync(Path.Combine(folder.FullName, "quay.jpg"), await Vips.PhotoAsync("quay.jpg", 640, 400));
        var report = (await HeraldMovedIn.MoveAsync(newsroom, file, options => options with { Pictures = folder.FullName })).ToString();

        Assert.Matches(@"^Look\.\n\n!\[A quay\]\(picture:\d+\)$", (await newsroom.StoryAsync(ids[0])).Draft.Copy);
        Assert.NotNull((await newsroom.ReadStoryAsync(ids[0])).QuerySelector("img[alt='A quay']"));
        Assert.Equal("Mine now.", (await newsroom.StoryAsync(ids[1])).Draft.Copy);
        Assert.Single(Regex.Matches(report, "quay.jpg did not come"));
        Assert.Equal(2, Regex.Count(report, "never.jpg did not come"));
    }

    [Fact]
    public async Task A_line_that_was_waiting_for_a_headline_finds_the_story_that_moves_in()
    {
        await WriteAsync("awaited");
        var waiting = await newsroom.PublishAsync(Edition.Told("It waits", "Wait.\n\nREAD MORE: Awaited story 7"));

        await HeraldMovedIn.MoveAsync(newsroom, file);

        await using var db = await newsroom.OpenDbAsync();
        var link = await db.ReadMoreLinks.SingleAsync(l => l.FromId == waiting);
        Assert.Equal("awaited story 7", (await newsroom.StoryAsync(link.ToId!.Value)).Draft.Headline);
        Assert.True(await db.SearchWords.AnyAsync(w => w.Word == "awaited" && w.Stories >= Stories));
    }

    private Task WriteAsync(string name) => File.WriteAllTextAsync(file, $"""
        <rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><link>https://{name}.example/</link>
        {string.Concat(Enumerable.Range(1, Stories).Select(number => $"""
            <item><title>{name} story {number}</title><link>https://{name}.example/{number}</link><guid>{name}-{number}</guid><pubDate>{new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero).AddHours(number):r}</pubDate><category>{name} days</category>
            <content:encoded>{SecurityElement.Escape($"<p>Told, as <a href='/{number + 1}'>the next</a> tells.</p><p>READ MORE: {name} story {number + 1}</p>{(number % 10 == 0 ? "<svg></svg>" : "")}")}</content:encoded></item>
            """))}
        </channel></rss>
        """);

    private async Task<int> CountAsync(string name)
    {
        await using var db = await newsroom.OpenDbAsync();
        return await db.Stories.CountAsync(s => EF.Functions.Like(s.Draft.Headline, name + " story %"));
    }

    /// <summary>How many rows each table has; what sequences and nodes say of themselves moves all the time.</summary>
    private async Task<string> RowsAsync()
    {
        await using var connection = new NpgsqlConnection(newsroom.ConnectionString);
        await connection.OpenAsync();
        await using var count = new NpgsqlCommand("""
            SELECT string_agg(relname || ' ' || (xpath('/row/c/text()', query_to_xml('SELECT count(*) AS c FROM ' || quote_ident(relname), false, true, '')))[1]::text, E'\n' ORDER BY relname)
            FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname <> 'nodes'
            """, connection);
        return (string)(await count.ExecuteScalarAsync())!;
    }
}
