using LondonDefender.Paper.PaperCache;
using LondonDefender.Wire;
using Microsoft.Extensions.DependencyInjection;

namespace LondonDefender.Tests.Paper.PaperCache;

public sealed class SurrogateKeysTests(SurrogateKeysTests.BehindCdn newsroom) : IClassFixture<SurrogateKeysTests.BehindCdn>
{
    public sealed class BehindCdn : Newsroom
    {
        protected override IEnumerable<string> MoreSettings => ["--Paper:PageCache=true", "--Paper:SurrogateKeys=true"];

        protected override Task FillAsync() => Services.GetRequiredService<DemoEdition>().LoadIntoEmptyAsync();
    }

    [Fact]
    public async Task A_kept_page_names_what_it_read_each_time_it_is_given_out()
    {
        for (var time = 0; time < 2; time++)
        {
            using var page = await newsroom.Reader.GetAsync("/world");

            var keys = Assert.Single(page.Headers.GetValues("Surrogate-Key")).Split(' ');
            Assert.Contains(keys, key => key.StartsWith("section:", StringComparison.Ordinal));
            Assert.Contains(PageKey.Settings, keys);
            Assert.False(page.Headers.Contains("Surrogate-Control"));
        }
    }

    [Fact]
    public void Particular_keys_come_first_and_a_headline_is_one_word() =>
        Assert.Equal("story:7 headline:caf%C3%A9%20closes stories", SurrogateKeys.Of(["stories", PageKey.Headline("café closes"), PageKey.Story(7)]));

    [Fact]
    public void What_no_server_would_let_through_is_left_out()
    {
        var told = SurrogateKeys.Of([PageKey.Stories, .. Enumerable.Range(1, 1_000).Select(PageKey.Story)]);

        Assert.InRange(told.Length, 3_900, 4_000);
        Assert.StartsWith("story:1 story:2 ", told, StringComparison.Ordinal);
        Assert.DoesNotContain("story:1000", told, StringComparison.Ordinal);
    }
}
