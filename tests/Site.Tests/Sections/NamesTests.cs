using System.Net;
using LondonDefender.Fronts;
using LondonDefender.Sections;
using Microsoft.Extensions.DependencyInjection;

namespace LondonDefender.Tests.Sections;

/// <summary>Sections, topics and writers under new names, and as parts of others: nobody who follows them loses them.</summary>
public sealed class NamesTests : IAsyncLifetime
{
    private readonly StaffedNewsroom newsroom = new();

    public ValueTask InitializeAsync() => newsroom.InitializeAsync();

    public ValueTask DisposeAsync() => newsroom.DisposeAsync();

    private NamesDesk Names => newsroom.Services.GetRequiredService<NamesDesk>();

    [Fact]
    public async Task Two_topics_become_one_with_stories_fronts_feeds_and_addresses()
    {
        var both = await newsroom.PublishAsync(Edition.Told("Filed under both", "One.") with { TopicIds = [Edition.Floods, Edition.Harbour] });
        var one = await newsroom.PublishAsync(Edition.Told("Filed under harbour", "One.") with { TopicIds = [Edition.Harbour] });
        var draft = await newsroom.Desk.BeginAsync(null, Edition.Told("A draft on the harbour", "One.") with { TopicIds = [Edition.Harbour] });
        await InDbAsync(db =>
        {
            var front = new Front { Id = Front.OfThePaper };
            front.Rearrange(new() { Containers = [new() { Key = "water", Title = "By the water", Fill = new() { TopicId = Edition.Harbour } }] }, null, newsroom.Clock.GetUtcNow());
            db.Add(front);
            db.Add(front.Publish(newsroom.Clock.GetUtcNow(), null, newsroom.Clock.GetUtcNow()));
        });

        var asked = await newsroom.Editor.OpenAsync($"/desk/merge/topic/{Edition.Harbour}?into={Edition.Floods}");
        Assert.Contains("3 stories now filed under “Harbour”", asked.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("/topics/harbour and its feeds lead to /topics/floods, for ever", asked.Body.TextContent, StringComparison.Ordinal);
        await newsroom.Editor.SendFormAsync($"/desk/merge/topic/{Edition.Harbour}?into={Edition.Floods}", new() { ["_handler"] = "merge", ["Into"] = $"{Edition.Floods}" });

        await LeadsToAsync("/topics/harbour", "/topics/floods");
        await LeadsToAsync("/topics/harbour?page=2", "/topics/floods?page=2");
        await LeadsToAsync("/topics/harbour/rss.xml", "/topics/floods/rss.xml");
        await LeadsToAsync("/topics/harbour/feed.json", "/topics/floods/feed.json");
        var listed = (await newsroom.ReadAsync("/topics/floods")).Body!.TextContent;
        Assert.Contains("Filed under both", listed, StringComparison.Ordinal);
        Assert.Contains("Filed under harbour", listed, StringComparison.Ordinal);
        Assert.Equal(Edition.Floods, Assert.Single((await newsroom.StoryAsync(both)).Draft.TopicIds));
        Assert.Equal(Edition.Floods, Assert.Single((await newsroom.StoryAsync(draft)).Draft.TopicIds));
        Assert.Contains("By the water", (await newsroom.ReadAsync("/")).Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Filed under harbour", (await newsroom.ReadAsync("/search?topic=harbour")).Body!.TextContent, StringComparison.Ordinal);
        Assert.NotNull((await newsroom.ReadAsync("/search?q=harbour")).QuerySelector("a[href='/topics/floods']"));
        Assert.Equal(HttpStatusCode.OK, await newsroom.StatusOf("/api/stories?topic=harbour"));
        Assert.Contains("Floods", (await newsroom.ReadStoryAsync(one)).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_that_was_open_since_before_a_merge_saves_what_it_means()
    {
        var id = await newsroom.Desk.BeginAsync(null, Edition.Told("Open since before", "One.") with { TopicIds = [Edition.Harbour], WriterIds = [Edition.Idris] });
        Assert.Null(await Names.MergeAsync(NamedKind.Topic, Edition.Harbour, Edition.Floods, default));
        Assert.Null(await Names.MergeAsync(NamedKind.Writer, Edition.Idris, Edition.Maud, default));

        await newsroom.Desk.SaveAsync(id, 1, Edition.Told("Open since before", "Two.") with { TopicIds = [Edition.Harbour], WriterIds = [Edition.Idris] }, null);

        var story = await newsroom.StoryAsync(id);
        Assert.Equal("Two.", story.Draft.Copy);
        Assert.Equal([Edition.Floods], story.Draft.TopicIds);
        Assert.Equal([Edition.Maud], story.Draft.WriterIds);
    }

    [Fact]
    public async Task However_often_it_is_merged_and_renamed_every_old_address_leads_to_the_last()
    {
        Assert.Null(await Names.SaveTopicAsync(Edition.Harbour, "Harbour", "port", "", [], default));
        Assert.Null(await Names.MergeAsync(NamedKind.Topic, Edition.Harbour, Edition.Floods, default));
        Assert.Null(await Names.SaveTopicAsync(Edition.Floods, "Water", "water", "", ["High water", "Floods"], default));

        foreach (var old in new[] { "harbour", "port", "floods", "high-water" })
            await LeadsToAsync($"/topics/{old}", "/topics/water");

        var refused = await Names.SaveTopicAsync(0, "High Water!", "", "", [], default);
        Assert.Contains("means the topic Water already", refused, StringComparison.Ordinal);
        Assert.Null(await Names.SaveTopicAsync(Edition.Floods, "Floods", "floods", "", [], default));
        await LeadsToAsync("/topics/water", "/topics/floods");
        Assert.Equal(HttpStatusCode.OK, await newsroom.StatusOf("/topics/floods"));
    }

    [Fact]
    public async Task A_section_is_given_another_address_retired_and_merged()
    {
        var id = await newsroom.PublishAsync(Edition.Told("From abroad", "One."));
        await newsroom.Editor.OpenAsync("/desk/sections");
        await newsroom.Editor.SendFormAsync("/desk/sections", new() { ["_handler"] = $"section-{Edition.World}", ["Form.Id"] = "1", ["Form.Name"] = "Abroad", ["Form.Slug"] = "abroad", ["Form.Position"] = "1" });
        await LeadsToAsync("/world", "/abroad");
        await LeadsToAsync("/world/rss.xml", "/abroad/rss.xml");
        await LeadsToAsync($"/world/{id}/from-abroad", $"/abroad/{id}/from-abroad");

        await newsroom.Editor.SendFormAsync("/desk/sections", new() { ["_handler"] = $"section-{Edition.World}", ["Form.Id"] = "1", ["Form.Act"] = "retire" });
        Assert.Equal(HttpStatusCode.OK, await newsroom.StatusOf("/abroad"));
        Assert.Null((await newsroom.ReadAsync("/")).QuerySelector("nav a[href='/abroad']"));
        var fresh = await newsroom.Desk.BeginAsync(null, Edition.Told("New", "One.", Edition.Britain));
        Assert.Null((await newsroom.Editor.OpenAsync($"/desk/stories/{fresh}")).QuerySelector($"#section option[value='{Edition.World}']"));
        await newsroom.Editor.SendFormAsync("/desk/sections", new() { ["_handler"] = $"section-{Edition.Britain}", ["Form.Id"] = "2", ["Form.Act"] = "retire" });
        Assert.NotNull((await newsroom.ReadAsync("/")).QuerySelector("nav a[href='/britain']"));

        Assert.Null(await Names.MergeAsync(NamedKind.Section, Edition.World, Edition.Britain, default));
        await LeadsToAsync("/world", "/britain");
        await LeadsToAsync("/abroad", "/britain");
        await LeadsToAsync($"/abroad/{id}/from-abroad", $"/britain/{id}/from-abroad");
        Assert.Contains("From abroad", (await newsroom.ReadAsync("/britain")).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_writers_turn_out_to_be_one()
    {
        var id = await newsroom.PublishAsync(Edition.Told("By both of them", "One.") with { WriterIds = [Edition.Idris, Edition.Maud] });

        await newsroom.Editor.OpenAsync($"/desk/merge/writer/{Edition.Idris}?into={Edition.Maud}");
        await newsroom.Editor.SendFormAsync($"/desk/merge/writer/{Edition.Idris}?into={Edition.Maud}", new() { ["_handler"] = "merge", ["Into"] = $"{Edition.Maud}" });

        await LeadsToAsync("/by/idris-quill", "/by/maud-ferrier");
        await LeadsToAsync("/by/idris-quill/atom.xml", "/by/maud-ferrier/atom.xml");
        Assert.Contains("By both of them", (await newsroom.ReadAsync("/by/maud-ferrier")).Body!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Idris", (await newsroom.ReadStoryAsync(id)).Body!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/desk/merge/people/1")]
    [InlineData("/desk/merge/0/1")]
    [InlineData("/desk/merge/topic/4711")]
    [InlineData("/desk/merge/topic/1?into=1")]
    [InlineData("/desk/merge/topic/1?into=x")]
    public async Task What_cannot_be_merged_is_said(string address)
    {
        await newsroom.Editor.OpenAsync("/desk");
        var answer = await newsroom.Editor.SendFormAsync(address, new() { ["_handler"] = "merge", ["Into"] = "1" });

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("role=\"alert\"", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_topic_is_found_for_a_copy_by_any_of_its_words()
    {
        Assert.Null(await Names.SaveTopicAsync(Edition.Floods, "Floods", "", "", ["High water", "inundation"], default));
        var id = await newsroom.Desk.BeginAsync(null, Edition.Told("The river came", "At high water the quays were empty. The harbour slept.") with { TopicIds = [Edition.Harbour] });

        var found = (await newsroom.Editor.OpenAsync($"/desk/stories/{id}")).QuerySelectorAll(".topics-found button");

        Assert.Equal(["Add Floods (“High water”)"], found.Select(button => button.TextContent.Trim()));
        Assert.Equal($"{Edition.Floods}", found.Single().GetAttribute("data-topic"));
    }

    private async Task LeadsToAsync(string old, string present)
    {
        var answer = await newsroom.Reader.GetAsync(old);
        Assert.Equal((HttpStatusCode.MovedPermanently, present), (answer.StatusCode, answer.Headers.Location?.OriginalString));
    }

    private async Task InDbAsync(Action<LondonDefender.Data.NewsroomDb> act)
    {
        await using var db = await newsroom.OpenDbAsync();
        act(db);
        await db.SaveChangesAsync();
    }
}
