namespace LondonDefender.Tests.Paper.PaperCache;

/// <summary>On a paper that nobody has read yet, so that no other page is made meanwhile.</summary>
public sealed class ManyReadersTests(CachingNewsroom newsroom) : IClassFixture<CachingNewsroom>
{
    [Fact]
    public async Task However_many_ask_a_page_is_made_once()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => newsroom.Reader.GetAsync("/science")));

        Assert.Equal(1, newsroom.Press.Printed);
        Assert.Single(answers.Select(answer => answer.Headers.ETag).Distinct());
        Assert.All(answers, answer => Assert.True(answer.IsSuccessStatusCode));
    }
}
