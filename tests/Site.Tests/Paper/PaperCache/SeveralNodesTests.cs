using System.Diagnostics;
using System.Net;
using LondonDefender.Data;
using LondonDefender.Hosting;
using LondonDefender.Paper.PaperCache;
using LondonDefender.Staff;
using LondonDefender.Stories;
using LondonDefender.Stories.Publishing;
using LondonDefender.Wire;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace LondonDefender.Tests.Paper.PaperCache;

/// <summary>Three nodes on one database, as readers and editors meet them behind a balancer.</summary>
public sealed class SeveralNodesTests(CachingNewsroom first) : IClassFixture<CachingNewsroom>, IAsyncLifetime
{
    private AnotherNode second = null!, third = null!;

    private Newsroom[] Nodes => [first, second, third];

    public async ValueTask InitializeAsync()
    {
        second = await AnotherNode.StartAsync(first);
        third = await AnotherNode.StartAsync(first);
        foreach (var node in Nodes)
            await node.Services.GetRequiredService<ChangeWatch>().CatchUpAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await second.DisposeAsync();
        await third.DisposeAsync();
    }

    [Fact]
    public async Task What_an_editor_is_told_is_published_no_node_shows_the_old_page_of()
    {
        using var editor = await second.SignInAsync(Role.Editor);
        var id = await first.PublishAsync(Edition.Told("Before", "It was.", await SectionAsync()));
        var page = (await first.Reader.GetAsync($"/world/{id}")).Headers.Location!.ToString();
        string[] pages = [page, "/", "/rss.xml", "/sitemap-news.xml"];

        for (var round = 1; round <= 20; round++)
        {
            foreach (var node in Nodes)
            {
                foreach (var address in pages)
                    await node.Reader.GetAsync(address);
            }

            var headline = $"After change number {round}";
            await SaveAndPublishAsync(editor, id, headline);
            var shown = await Task.WhenAll(Nodes.SelectMany(node => pages.Select(async address => (node.Address, address, Text: await FollowAsync(node, address)))));
            Assert.All(shown, one => Assert.True(one.Text.Contains(headline, StringComparison.Ordinal), $"In round {round} {one.Address} still had the old {one.address}."));
        }
    }

    [Fact]
    public async Task A_story_that_comes_due_is_told_of_once_and_is_live_everywhere()
    {
        var due = first.Clock.GetUtcNow().AddHours(1);
        var id = await first.PublishAsync(Edition.Told("Due on the hour", "It was announced.", await SectionAsync()), due);
        var front = await Task.WhenAll(Nodes.Select(node => node.Reader.GetStringAsync("/")));
        Assert.All(front, page => Assert.DoesNotContain("Due on the hour", page, StringComparison.Ordinal));

        first.Clock.MoveTo(due);
        Assert.All(await Task.WhenAll(Nodes.Select(node => node.Reader.GetStringAsync("/rss.xml"))), page => Assert.Contains("Due on the hour", page, StringComparison.Ordinal));

        await Task.WhenAll(Nodes.Select(node => node.Services.GetRequiredService<PublishingClock>().TellAsync(CancellationToken.None)));
        await using var db = await first.OpenDbAsync();
        var told = await db.Database.SqlQuery<int>($"SELECT count(*)::int AS \"Value\" FROM receipts WHERE story_id = {id}").SingleAsync();
        Assert.Equal(1, told);
        Assert.Null((await Receipt.OfAsync(db, id, CancellationToken.None))!.WhyLate);
    }

    [Fact]
    public async Task A_receipt_says_what_is_seen_on_each_node()
    {
        using var editor = await second.SignInAsync(Role.Editor);
        var id = await first.Desk.BeginAsync(null, Edition.Told("Seen on all of them", "It was.", await SectionAsync()));
        await editor.OpenAsync("/desk");

        await editor.CallAsync(HttpMethod.Post, $"/desk/stories/{id}/publish", new { basedOn = 1 });
        var shown = await SeenAsync(id, Deed.WentLive);
        await editor.CallAsync(HttpMethod.Post, $"/desk/stories/{id}/withdraw", new { });
        var gone = await SeenAsync(id, Deed.Withdrawn);

        foreach (var node in new[] { $"Node {NameOf(first)}", $"Node {NameOf(third)}" })
        {
            Assert.Contains(", shows it in ", Assert.Single(shown, one => one.Place == node && one.Finding == Finding.Right).Words, StringComparison.Ordinal);
            Assert.Contains(", shows nothing of it in ", Assert.Single(gone, one => one.Place == node && one.Finding == Finding.Right).Words, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_node_that_went_without_a_word_keeps_no_editor_waiting_for_long()
    {
        await using (var db = await first.OpenDbAsync())
            await db.Database.ExecuteSqlAsync($"INSERT INTO nodes (name, version, since, ran_until, memory, pages, page_bytes) VALUES ('gone', '1', now(), now(), 0, 0, 0)");
        using var editor = await second.SignInAsync(Role.Editor);
        var id = await first.PublishAsync(Edition.Told("Before", "It was.", await SectionAsync()));

        await SaveAndPublishAsync(editor, id, "All the same").WaitAsync(TimeSpan.FromSeconds(30));

        Assert.Contains("All the same", (await third.ReadStoryAsync(id)).Title, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nodes_that_are_started_at_one_moment_make_one_paper()
    {
        var database = await TestPostgres.NewEmptyDatabaseAsync();
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => PrepareAsync(database))));

        await using var db = new NewsroomDb(new DbContextOptionsBuilder<NewsroomDb>().UseNpgsql(database).Options);
        Assert.True(await db.Stories.CountAsync() > 40);
        Assert.Equal(await db.Stories.CountAsync(), await db.Stories.Select(s => s.Draft.Headline).Distinct().CountAsync());
        Assert.Equal(1, await db.PaperSettings.CountAsync());
    }

    private static async Task PrepareAsync(string database)
    {
        await using var node = Program.Build(["--urls=http://127.0.0.1:0", $"--ConnectionStrings:Newsroom={database}", "--Serilog:MinimumLevel:Default=Fatal"]);
        await NewsroomDatabase.MigrateAsync(node.Services);
        await DemoEdition.LoadIntoEmptyAsync(node.Services);
    }

    private async Task<int> SectionAsync()
    {
        await using var db = await first.OpenDbAsync();
        return await db.Sections.Where(s => s.Slug == "world").Select(s => s.Id).SingleAsync();
    }

    private static string NameOf(Newsroom node) => node.Services.GetRequiredService<Nodes>().Name;

    /// <summary>As soon as everything has been looked at.</summary>
    private async Task<IReadOnlyList<Seen>> SeenAsync(int id, Deed deed)
    {
        var began = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(60))
        {
            await using var db = await first.OpenDbAsync();
            if ((await Receipt.OfStoryAsync(db, id, TestContext.Current.CancellationToken)).Find(receipt => receipt.Deed == deed)?.Seen is { } seen)
                return seen;
        }

        throw new TimeoutException("Nobody has looked.");
    }

    private async Task SaveAndPublishAsync(StaffMember editor, int id, string headline)
    {
        var story = await first.StoryAsync(id);
        var saved = await editor.CallAsync(HttpMethod.Put, $"/desk/stories/{id}", new { basedOn = story.RevisionNumber, headline, standfirst = "In a sentence.", copy = "And so it was.", sectionId = story.Draft.SectionId });
        Assert.Equal(HttpStatusCode.OK, saved.StatusCode);
        var published = await editor.CallAsync(HttpMethod.Post, $"/desk/stories/{id}/publish", new { basedOn = story.RevisionNumber + 1, isSubstantive = true });
        Assert.Equal(HttpStatusCode.OK, published.StatusCode);
    }

    private static async Task<string> FollowAsync(Newsroom node, string address)
    {
        var answer = await node.Reader.GetAsync(address);
        if (answer.Headers.Location is { } elsewhere)
            answer = await node.Reader.GetAsync(elsewhere.IsAbsoluteUri ? elsewhere.PathAndQuery : elsewhere.ToString());
        return await answer.Content.ReadAsStringAsync();
    }
}
