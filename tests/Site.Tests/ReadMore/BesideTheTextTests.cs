using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using LondonDefender.Stories;

namespace LondonDefender.Tests.ReadMore;

/// <summary>What an editor is offered beside a text that is being written.</summary>
public sealed class BesideTheTextTests(StaffedNewsroom newsroom) : IClassFixture<StaffedNewsroom>
{
    private const string Barrier = "Agnes Thorburn told the inquiry in Haumeford that the tidal barrier was never inspected, and that the engineers who built it had warned of subsidence in the foundations twice before the winter storms came.";

    [Fact]
    public async Task Stories_about_the_same_people_and_places_are_offered_with_the_reason()
    {
        var near = await newsroom.PublishAsync(Edition.Told("Barrier was never inspected", $"{Barrier}\n\nMs Thorburn will be heard again in Haumeford."));
        await newsroom.PublishAsync(Edition.Told("Bakers count their loaves", "Flour was dear, and the ovens were cold for most of the month."));
        var id = await BeginAsync();

        var offered = await SuggestionsAsync(id, new { headline = "Minister visits", copy = "The minister met Agnes Thorburn near Haumeford on Monday. They spoke of subsidence and foundations." });

        var first = offered[0];
        Assert.Equal(near.ToString(null, null), first.QuerySelector("button")!.GetAttribute("data-insert"));
        var why = first.QuerySelector(".why")!.TextContent;
        Assert.Contains("same people: Agnes Thorburn", why, StringComparison.Ordinal);
        Assert.Contains("same place: Haumeford", why, StringComparison.Ordinal);
        Assert.Contains("shares 2 rare words: ", why, StringComparison.Ordinal);
        Assert.DoesNotContain(offered, suggestion => suggestion.TextContent.Contains("Bakers", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nothing_is_offered_that_may_not_be_or_stands_in_the_text_already()
    {
        StoryText About(string headline) => Edition.Told(headline, "Cornelius Vandermeer sold the lighthouse at Skerrywick to a consortium of fishmongers.");
        var live = await newsroom.PublishAsync(About("Lighthouse sold"));
        var led = await newsroom.PublishAsync(About("Lighthouse for sale"));
        await newsroom.PublishAsync(About("Lighthouse named in plain words"));
        var withdrawn = await newsroom.PublishAsync(About("Lighthouse sold twice"));
        await newsroom.Desk.WithdrawAsync(withdrawn, null);
        await newsroom.Desk.BeginAsync(null, About("Lighthouse draft"));
        await newsroom.PublishAsync(About("Lighthouse tomorrow"), newsroom.Clock.GetUtcNow().AddDays(1));
        var own = await newsroom.PublishAsync(About("Lighthouse itself"));

        var offered = await SuggestionsAsync(own, new { headline = "Lighthouse itself", copy = $"Cornelius Vandermeer sold the lighthouse at Skerrywick.\n\nREAD MORE: story:{led}\n\nREAD MORE: Lighthouse named in plain words" });

        Assert.Equal(["Lighthouse sold"], offered.Select(suggestion => suggestion.QuerySelector(".hit-headline")!.TextContent));
        Assert.Equal(live.ToString(null, null), offered[0].QuerySelector("button")!.GetAttribute("data-insert"));
    }

    [Fact]
    public async Task While_proceedings_are_active_nothing_is_offered_beside_the_story_nor_it_beside_others()
    {
        StoryText About(string headline) => Edition.Told(headline, "Ottoline Brackwater denied before the magistrates at Gallowmere that she had moved the boundary stones.");
        var trial = await newsroom.PublishAsync(About("Boundary trial begins"));
        var other = await newsroom.PublishAsync(About("Boundary stones moved"));
        var fields = new { headline = "Boundary", copy = About("").Copy };
        Assert.NotEmpty(await SuggestionsAsync(trial, fields));
        Assert.NotEmpty(await SuggestionsAsync(other, fields));

        await newsroom.Editor.CallAsync(HttpMethod.Post, $"/desk/stories/{trial}/proceedings", new { areActive = true });

        Assert.Empty(await SuggestionsAsync(trial, fields));
        Assert.Null((await AskAsync(trial, fields)).QuerySelector(".repeat"));
        Assert.Empty(await SuggestionsAsync(other, fields));
    }

    [Fact]
    public async Task A_paragraph_readers_have_had_is_told_with_the_day_they_had_it()
    {
        const string Before = "The ferry company Oxtoby and Sons carried half a million passengers across the estuary in its last full year, more than in any year since the bridge at Wendlebury was opened to lorries and coaches.";
        await newsroom.PublishAsync(Edition.Told("Ferry figures", $"Something else.\n\n{Before}\n\nAnd an end."));
        var id = await BeginAsync();

        var repeated = (await AskAsync(id, new { copy = $"A new beginning.\n\n{Before.Replace("half a million", "500,000", StringComparison.Ordinal)}" })).QuerySelector(".repeat")!;
        var fresh = (await AskAsync(id, new { copy = "The ferry company said on Monday that it carried more passengers than ever across the estuary, and that the bridge had been no help to anybody in the town at all." })).QuerySelector(".repeat");

        Assert.Contains("nearly repeats our story of 10 March 2026: Ferry figures", repeated.TextContent, StringComparison.Ordinal);
        Assert.Null(fresh);
    }

    [Fact]
    public async Task House_style_is_told_where_it_stands()
    {
        var id = await BeginAsync();

        var remarks = (await AskAsync(id, new { headline = "Theater opens", copy = "They organize, [organize](https://organize.example/organize) and utilise it." })).QuerySelectorAll("[data-field]");

        Assert.Equal(["headline 0 Theatre", "copy 5 organise", "copy 16 organise", "copy 65 use"],
            remarks.Select(remark => $"{remark.GetAttribute("data-field")} {remark.GetAttribute("data-from")} {remark.GetAttribute("data-better")}"));
    }

    [Fact]
    public async Task A_paper_may_have_a_list_of_its_own()
    {
        var id = await BeginAsync();
        var list = Path.Combine(newsroom.DataFolder, "house-style.txt");
        await File.WriteAllTextAsync(list, "write vessel, not boat — boats are in the bath\n", TestContext.Current.CancellationToken);

        var remark = (await AskAsync(id, new { copy = "The boat organizes." })).QuerySelectorAll(".remarks li").Single();
        File.Delete(list);

        Assert.Contains("vessel", remark.TextContent, StringComparison.Ordinal);
        Assert.Contains("boats are in the bath", remark.TextContent, StringComparison.Ordinal);
        Assert.Single((await AskAsync(id, new { copy = "The boat organizes. They organize." })).QuerySelectorAll(".remarks li"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("' & | ! :* <-> \\ '' (((")]
    [InlineData("Ünter Straße Ω 😀 O'Brien & Sons’ D'Arcy")]
    public async Task Any_text_is_answered(string copy)
    {
        var id = await BeginAsync();

        Assert.NotNull((await AskAsync(id, new { headline = copy, copy = $"{copy}\n\nIn {copy} near {copy}" })).QuerySelector("[data-beside]"));
    }

    private Task<int> BeginAsync() => newsroom.Desk.BeginAsync(null, Edition.Told("Begun", ""));

    private async Task<IReadOnlyList<IElement>> SuggestionsAsync(int id, object form) => [.. (await AskAsync(id, form)).QuerySelectorAll(".suggestions li")];

    private async Task<IDocument> AskAsync(int id, object form)
    {
        var answer = await newsroom.Editor.CallAsync(HttpMethod.Post, $"/desk/stories/{id}/beside", form);
        answer.EnsureSuccessStatusCode();
        return await new HtmlParser().ParseDocumentAsync(await answer.Content.ReadAsStringAsync());
    }
}
