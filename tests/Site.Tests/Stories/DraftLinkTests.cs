using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AngleSharp.Html.Parser;
using LondonDefender.Paper.PaperCache;
using LondonDefender.Staff;
using LondonDefender.Tests.Pictures;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace LondonDefender.Tests.Stories;

public sealed class DraftLinkTests(StaffedNewsroom newsroom) : IClassFixture<StaffedNewsroom>
{
    private static readonly DateTimeOffset Due = Edition.Morning.AddDays(40);

    [Fact]
    public async Task Whoever_has_the_link_reads_the_text_as_it_was_last_saved_and_nothing_else()
    {
        var live = await newsroom.PublishAsync(Edition.FerryCloses);
        var secret = await newsroom.Desk.BeginAsync(null, Edition.Told("The minister resigns at noon", "Known to three people."));
        var id = await newsroom.Desk.BeginAsync(null, Edition.Told("Fares rise", "First words."));
        var address = await MakeAsync(newsroom.Editor, id, "Wenda Sluys");
        await newsroom.RewriteAsync(id, text => text with
        {
            Copy = $"Newest words. See [this](story:{secret}).\n\nREAD MORE: story:{live}\n\nREAD MORE: story:{secret}\n\nREAD MORE: The minister resigns at noon\n\nREAD MORE: A story nobody has written",
            RelatedIds = [secret, live],
        });
        await newsroom.Desk.PublishAsync(id, 2, Due);

        var answer = await newsroom.Reader.GetAsync(address);
        var source = await answer.Content.ReadAsStringAsync();
        var page = await new HtmlParser().ParseDocumentAsync(source);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("no-store", answer.Headers.CacheControl!.ToString());
        Assert.Equal(["no-referrer"], answer.Headers.GetValues("Referrer-Policy"));
        Assert.Contains("noindex", answer.Headers.GetValues("X-Robots-Tag").Single(), StringComparison.Ordinal);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
        Assert.Contains("noindex", page.QuerySelector("meta[name=robots]")!.GetAttribute("content"), StringComparison.Ordinal);

        Assert.Equal("Fares rise", page.QuerySelector("h1")!.TextContent);
        Assert.Contains("Newest words.", page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        var bar = string.Join(' ', page.QuerySelector(".draft-bar")!.TextContent.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("Draft, confidential. For Wenda Sluys.", bar, StringComparison.Ordinal);
        Assert.Contains($"until {newsroom.Clock.GetUtcNow().AddDays(1):d MMMM yyyy, HH:mm} GMT", bar, StringComparison.Ordinal);

        Assert.Equal([Edition.FerryCloses.Headline], page.QuerySelectorAll("aside.read-more a").Select(link => link.TextContent));
        Assert.DoesNotContain("minister", source, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("nobody has written", source, StringComparison.Ordinal);
        Assert.DoesNotContain("/desk", source, StringComparison.Ordinal);
        Assert.DoesNotContain("April 2026", source, StringComparison.Ordinal);
        Assert.DoesNotContain("ping=", source, StringComparison.Ordinal);
        Assert.Empty(page.QuerySelectorAll("script, form, link[rel=canonical], meta[property]"));
    }

    [Fact]
    public async Task A_dead_link_answers_like_an_address_that_never_was()
    {
        var id = await newsroom.Desk.BeginAsync(null, Edition.Told("Fares rise", "C."));

        var expired = await MakeAsync(newsroom.Editor, id, hours: 1);
        newsroom.Clock.MoveBy(TimeSpan.FromMinutes(59));
        Assert.Equal(HttpStatusCode.OK, await newsroom.StatusOf(expired));
        newsroom.Clock.MoveBy(TimeSpan.FromMinutes(1));
        await IsLikeNeverAsync(expired);

        var revoked = await MakeAsync(newsroom.Editor, id);
        Assert.Equal(HttpStatusCode.OK, await newsroom.StatusOf(revoked));
        var button = (await ListAsync(newsroom.Chief, id)).QuerySelector("[data-revoke]")!;
        await newsroom.Chief.CallAsync(HttpMethod.Delete, $"/desk/stories/{id}/draft-links/{button.GetAttribute("data-revoke")}", new { });
        await IsLikeNeverAsync(revoked);
        Assert.Contains("revoked", (await ListAsync(newsroom.Editor, id)).Body!.TextContent, StringComparison.Ordinal);

        using var leaver = await newsroom.SignInAsync(Role.Editor);
        var ofLeaver = await MakeAsync(leaver, id);
        await using (var scope = newsroom.Services.CreateAsyncScope())
            await scope.ServiceProvider.GetRequiredService<StaffDesk>().SetActiveAsync(await newsroom.IdOfAsync(leaver), isActive: false);
        await IsLikeNeverAsync(ofLeaver);

        var ofWithdrawn = await MakeAsync(newsroom.Editor, id);
        await newsroom.Desk.PublishAsync(id, 1);
        Assert.Equal(HttpStatusCode.OK, await newsroom.StatusOf(ofWithdrawn));
        await newsroom.Desk.WithdrawAsync(id);
        await IsLikeNeverAsync(ofWithdrawn);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await OrderAsync(newsroom.Editor, id, "Somebody outside", 24)).StatusCode);

        var spiked = await newsroom.Desk.BeginAsync(null, Edition.Told("Spiked", "C."));
        var ofSpiked = await MakeAsync(newsroom.Editor, spiked);
        await newsroom.Desk.SpikeAsync(spiked);
        await IsLikeNeverAsync(ofSpiked);
    }

    [Fact]
    public async Task Editors_make_links_to_every_draft_and_writers_to_their_own()
    {
        var own = await newsroom.Desk.BeginAsync(await newsroom.IdOfAsync(newsroom.Writer), Edition.Told("The writer’s own", "C."));
        var theirs = await newsroom.Desk.BeginAsync(await newsroom.IdOfAsync(newsroom.Editor), Edition.Told("The editor’s", "C."));
        Assert.Equal(HttpStatusCode.OK, await newsroom.StatusOf(await MakeAsync(newsroom.Writer, own)));
        await MakeAsync(newsroom.Editor, theirs);

        var link = (await ListAsync(newsroom.Editor, theirs)).QuerySelector("[data-revoke]")!.GetAttribute("data-revoke");
        var refused = new[]
        {
            await OrderAsync(newsroom.Writer, theirs, "Me", 24),
            await newsroom.Writer.GetAsync($"/desk/stories/{theirs}/draft-links"),
            await newsroom.Writer.CallAsync(HttpMethod.Delete, $"/desk/stories/{theirs}/draft-links/{link}", new { }),
        };
        Assert.All(refused, answer => Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode));
        // By way of an own story somebody else's link is not to be had either.
        Assert.Equal(HttpStatusCode.NotFound, (await newsroom.Writer.CallAsync(HttpMethod.Delete, $"/desk/stories/{own}/draft-links/{link}", new { })).StatusCode);

        await newsroom.Desk.PublishAsync(own, 1, Due);
        Assert.Equal(HttpStatusCode.Forbidden, (await OrderAsync(newsroom.Writer, own, "Me", 24)).StatusCode);
    }

    [Theory]
    [InlineData("", 24, "for whom")]
    [InlineData("  \n ", 24, "for whom")]
    [InlineData("Wenda", 0, "one hour at least")]
    [InlineData("Wenda", 337, "fourteen days at most")]
    [InlineData("Wenda", -5, "one hour at least")]
    [InlineData("Wenda", int.MaxValue, "fourteen days at most")]
    public async Task A_link_has_a_name_and_an_end(string forWhom, int hours, string said)
    {
        var id = await newsroom.Desk.BeginAsync(null, Edition.Told("Fares rise", "C."));

        var answer = await OrderAsync(newsroom.Editor, id, forWhom, hours);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains(said, (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("problem").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_it_was_opened_last_is_listed()
    {
        var id = await newsroom.Desk.BeginAsync(null, Edition.Told("Fares rise", "C."));
        var address = await MakeAsync(newsroom.Editor, id, "Wenda Sluys");
        await newsroom.Reader.SendAsync(new(HttpMethod.Head, address));
        Assert.Contains("never opened", (await ListAsync(newsroom.Editor, id)).Body!.TextContent, StringComparison.Ordinal);

        await newsroom.Reader.GetAsync(address);
        Assert.Contains($"last opened {newsroom.Clock.GetUtcNow():d MMMM yyyy, HH:mm} GMT", (await ListAsync(newsroom.Editor, id)).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_token_is_kept_nowhere_and_told_to_nobody()
    {
        ConcurrentBag<string> told = [];
        using var listener = new ActivityListener
        {
            // But not to the reader’s own program, which knows what it asks for.
            ShouldListenTo = source => source.Name != "System.Net.Http",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity => told.Add($"{activity.DisplayName} {string.Join(' ', activity.TagObjects.Select(tag => tag.Value))}"),
        };
        ActivitySource.AddActivityListener(listener);
        var id = await newsroom.Desk.BeginAsync(null, Edition.Told("Fares rise", "C."));
        var address = await MakeAsync(newsroom.Editor, id);
        var token = address.Split('/')[^1];

        await newsroom.Reader.GetAsync(address);
        await newsroom.Reader.GetAsync($"{address}/pictures/000000000000000000000000/320.jpg");
        await newsroom.Reader.GetAsync($"{address}/no/such/place");

        Assert.Matches("^[0-9a-f]{40}$", token);
        await using var db = await newsroom.OpenDbAsync();
        var link = await db.DraftLinks.SingleAsync(l => l.StoryId == id);
        Assert.Equal(Invitation.Hash(token), link.TokenHash);
        Assert.Contains(told, line => line.Contains("/drafts/…", StringComparison.Ordinal));
        Assert.DoesNotContain(told, line => line.Contains(token, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void No_page_of_a_draft_is_ever_kept()
    {
        var drafts = newsroom.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.RawText!.StartsWith("/drafts", StringComparison.Ordinal)).ToList();

        Assert.Equal(2, drafts.Count);
        Assert.All(drafts, endpoint => Assert.Null(endpoint.Metadata.GetMetadata<IsKept>()));
    }

    [Fact]
    public async Task Its_pictures_are_given_out_to_the_link_alone()
    {
        Vips.IsNeeded();
        var (inIt, other) = (await newsroom.TakeInAsync(await Vips.PlainAsync("in.jpg", 640, 480)), await newsroom.TakeInAsync(await Vips.PlainAsync("out.jpg", 644, 480)));
        var id = await newsroom.Desk.BeginAsync(null, Edition.Told("Fares rise", "C.") with { PictureId = inIt.Id });
        var address = await MakeAsync(newsroom.Editor, id);

        var page = await newsroom.ReadAsync(address);
        var source = page.QuerySelector("figure img")!.GetAttribute("src")!;
        var picture = await newsroom.Reader.GetAsync(source);

        Assert.StartsWith($"{new Uri(newsroom.Address, address).AbsolutePath}/pictures/{inIt.AddressHash}/", source, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.OK, "no-store"), (picture.StatusCode, picture.Headers.CacheControl!.ToString()));
        Assert.Equal(HttpStatusCode.NotFound, await newsroom.StatusOf(source.Replace(inIt.AddressHash, other.AddressHash, StringComparison.Ordinal)));
        Assert.Equal(HttpStatusCode.NotFound, await newsroom.StatusOf($"/pictures/{inIt.AddressHash}/320.jpg"));
        newsroom.Clock.MoveBy(TimeSpan.FromDays(2));
        Assert.Equal(HttpStatusCode.NotFound, await newsroom.StatusOf(source));
    }

    private static Task<HttpResponseMessage> OrderAsync(StaffMember person, int id, string forWhom, int hours) =>
        person.CallAsync(HttpMethod.Post, $"/desk/stories/{id}/draft-links", new { forWhom, hours });

    /// <summary>The new link's address, which the maker is told once.</summary>
    private async Task<string> MakeAsync(StaffMember person, int id, string forWhom = "Somebody outside", int hours = 24)
    {
        var answer = await OrderAsync(person, id, forWhom, hours);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var address = new Uri((await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("address").GetString()!);
        Assert.Equal(newsroom.Address.Authority, address.Authority);
        return address.AbsolutePath;
    }

    private static async Task<AngleSharp.Html.Dom.IHtmlDocument> ListAsync(StaffMember person, int id) =>
        await new HtmlParser().ParseDocumentAsync(await (await person.GetAsync($"/desk/stories/{id}/draft-links")).Content.ReadAsStringAsync());

    private async Task IsLikeNeverAsync(string address)
    {
        var never = await SaidAsync($"/drafts/{Invitation.NewKey()}");
        Assert.Equal(HttpStatusCode.NotFound, never.Status);
        Assert.Equal(never, await SaidAsync(address));
    }

    /// <summary>All that an answer says, but for the moment it was given.</summary>
    private async Task<(HttpStatusCode Status, string Headers, string Body)> SaidAsync(string address)
    {
        var answer = await newsroom.Reader.GetAsync(address);
        var headers = answer.Headers.Concat(answer.Content.Headers).Where(header => header.Key is not ("Date" or "Content-Length"))
            .Select(header => $"{header.Key}: {string.Join(", ", header.Value)}").Order(StringComparer.Ordinal);
        return (answer.StatusCode, string.Join("\n", headers), await answer.Content.ReadAsStringAsync());
    }
}
