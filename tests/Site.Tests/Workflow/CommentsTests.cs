using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using LondonDefender.Workflow;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Tests.Workflow;

public sealed class CommentsTests(StaffedNewsroom newsroom) : IClassFixture<StaffedNewsroom>
{
    private const string Copy = "The bridge over the Wend opens on Friday.\n\nIt cost **forty million pounds**, the council said on Monday.\n\nThe ferry crosses for the last time.";

    [Fact]
    public async Task A_comment_stands_beside_its_words_wherever_they_go()
    {
        var story = await newsroom.DraftOfAsync(newsroom.Writer, copy: Copy);
        (await newsroom.Editor.CommentAsync(story, "Says who?", Copy, "cost **forty million pounds**, the council said")).EnsureSuccessStatusCode();
        Assert.Equal("cost **forty million pounds**, the council said", await WordsBesideAsync(story));

        // The paragraph moves, its marks are written otherwise, a word is another; each is a save of its own.
        foreach (var (revision, copy) in new[]
        {
            (1, "It cost __forty million pounds__, the council said on Monday.\n\nThe bridge over the Wend opens on Friday.\n\nThe ferry crosses for the last time."),
            (2, "A new lead.\n\nIt cost __fifty million pounds__, the council said on Monday.\n\nThe bridge over the Wend opens on Friday."),
            (3, "A new lead.\n\nIn all it cost __fifty million pounds__, the mayor of the council said.\n\nThe bridge over the Wend opens on Friday."),
        })
            await newsroom.Writer.WriteAsync(story, revision, copy);

        Assert.Equal("cost __fifty million pounds__, the mayor of the council said", await WordsBesideAsync(story));
        Assert.Contains("It says now: “cost __fifty million pounds__", (await CommentsAsync(newsroom.Writer, story)).TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_comment_whose_words_are_gone_stays_and_finds_them_again()
    {
        var story = await newsroom.DraftOfAsync(newsroom.Writer, copy: Copy);
        await newsroom.Editor.CommentAsync(story, "Really the last?", Copy, "ferry crosses for the last time");

        await newsroom.Writer.WriteAsync(story, 1, "The bridge over the Wend opens on Friday.");
        var comment = (await CommentsAsync(newsroom.Writer, story)).QuerySelector(".comment")!;
        Assert.Contains("About words no longer there: ferry crosses for the last time", OneLine(comment.TextContent), StringComparison.Ordinal);
        Assert.Contains("Really the last?", comment.TextContent, StringComparison.Ordinal);

        await newsroom.Writer.WriteAsync(story, 2, Copy);
        Assert.Equal("ferry crosses for the last time", await WordsBesideAsync(story));
    }

    [Fact]
    public async Task It_stands_beside_the_words_of_a_text_that_is_not_saved_yet()
    {
        var story = await newsroom.DraftOfAsync(newsroom.Writer, copy: Copy);
        await newsroom.Editor.CommentAsync(story, "Which Friday?", Copy, "opens on Friday");

        var preview = await newsroom.Writer.CallAsync(HttpMethod.Post, $"/desk/stories/{story}/preview", new { basedOn = 1, headline = "H", copy = "Just typed. " + Copy });

        var comment = (await new HtmlParser().ParseDocumentAsync(await preview.Content.ReadAsStringAsync())).QuerySelector(".comment")!;
        Assert.Equal(("Just typed. " + Copy).IndexOf("opens on Friday", StringComparison.Ordinal).ToString(null as IFormatProvider), comment.GetAttribute("data-from"));
    }

    [Fact]
    public async Task It_is_answered_resolved_and_opened_again()
    {
        var story = await newsroom.DraftOfAsync(newsroom.Writer, copy: Copy);
        await newsroom.Editor.CommentAsync(story, "Which Friday?", Copy, "Friday");
        var id = int.Parse((await CommentsAsync(newsroom.Writer, story)).QuerySelector(".comment")!.GetAttribute("data-comment")!, null);

        (await newsroom.Writer.CommentAsync(story, "The thirteenth.", answers: id)).EnsureSuccessStatusCode();
        Assert.Contains("The thirteenth.", (await CommentsAsync(newsroom.Editor, story)).QuerySelector(".comment .comment-answer")!.TextContent, StringComparison.Ordinal);
        Assert.Equal([NoticeKind.Commented], await newsroom.NoticesAsync(newsroom.Editor, story));
        Assert.Equal([NoticeKind.Commented], await newsroom.NoticesAsync(newsroom.Writer, story));

        Assert.Equal("1", (await CommentsAsync(newsroom.Writer, story)).QuerySelector("[data-open]")!.GetAttribute("data-open"));
        (await ResolveAsync(story, id, true)).EnsureSuccessStatusCode();
        Assert.Equal("0", (await CommentsAsync(newsroom.Writer, story)).QuerySelector("[data-open]")!.GetAttribute("data-open"));
        (await ResolveAsync(story, id, false)).EnsureSuccessStatusCode();
        Assert.Equal("1", (await CommentsAsync(newsroom.Writer, story)).QuerySelector("[data-open]")!.GetAttribute("data-open"));
        Assert.Equal(HttpStatusCode.NotFound, (await ResolveAsync(story, 9999, true)).StatusCode);
    }

    [Fact]
    public async Task Whoever_is_named_is_told_unless_they_could_not_read_it()
    {
        var story = await newsroom.DraftOfAsync(newsroom.Editor, copy: Copy);

        var answer = await newsroom.Editor.CommentAsync(story, $"@{newsroom.Chief.Name}, may we? And you, @{newsroom.Writer.Name}? Not chief@{newsroom.Chief.Name}.example, though.");

        Assert.Equal([NoticeKind.Commented], await newsroom.NoticesAsync(newsroom.Chief, story));
        Assert.Empty(await newsroom.NoticesAsync(newsroom.Writer, story));
        Assert.Contains($"{newsroom.Writer.Name} cannot open this story, and was not told.", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 0, "has no words yet")]
    [InlineData(2_001, 0, "2000 is the most")]
    [InlineData(10, 1_001, "Select fewer words")]
    public async Task What_cannot_be_kept_is_refused_in_a_sentence(int words, int quoted, string said)
    {
        var story = await newsroom.DraftOfAsync(newsroom.Writer);

        var answer = await newsroom.Writer.CallAsync(HttpMethod.Post, $"/desk/stories/{story}/comments", new { words = new string('x', words), quote = new string('y', quoted) });

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains(said, await answer.ProblemAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Readers_never_see_a_comment()
    {
        var story = await newsroom.DraftOfAsync(newsroom.Editor, "A story with a secret", Copy);
        await newsroom.Editor.CommentAsync(story, "Our source is the mayor’s driver.", Copy, "the council said");
        Assert.Equal(HttpStatusCode.OK, (await newsroom.Editor.PublishAsync(story, 1)).StatusCode);

        foreach (var address in new[] { $"/world/{story}", $"/api/stories/{story}", "/rss.xml", "/feed.json", "/search?q=driver", "/" })
        {
            var answer = await newsroom.Reader.GetAsync(address);
            if (answer.Headers.Location is { } elsewhere)
                answer = await newsroom.Reader.GetAsync(elsewhere);
            Assert.DoesNotContain("mayor’s driver", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_spiked_draft_takes_its_work_along()
    {
        var story = await newsroom.DraftOfAsync(newsroom.Writer, copy: Copy);
        await newsroom.Editor.CommentAsync(story, "No.", Copy, "Friday");
        await newsroom.MoveAsync(newsroom.Writer, story, Stage.InReview);

        (await newsroom.Editor.CallAsync(HttpMethod.Post, $"/desk/stories/{story}/spike", new { basedOn = 1 })).EnsureSuccessStatusCode();

        await using var db = await newsroom.OpenDbAsync();
        Assert.False(await db.PassageComments.AnyAsync(c => c.StoryId == story) || await db.Notices.AnyAsync(n => n.StoryId == story));
    }

    private Task<HttpResponseMessage> ResolveAsync(int story, int comment, bool isResolved) =>
        newsroom.Writer.CallAsync(HttpMethod.Post, $"/desk/stories/{story}/comments/{comment}/resolved", new { isResolved });

    private static async Task<IElement> CommentsAsync(StaffMember who, int story) => (await who.OpenAsync($"/desk/stories/{story}")).QuerySelector("#comments")!;

    private async Task<string> WordsBesideAsync(int story)
    {
        var comment = (await CommentsAsync(newsroom.Writer, story)).QuerySelector(".comment")!;
        return (await newsroom.StoryAsync(story)).Draft.Copy[int.Parse(comment.GetAttribute("data-from")!, null)..int.Parse(comment.GetAttribute("data-to")!, null)];
    }

    private static string OneLine(string text) => string.Join(' ', text.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries));
}
