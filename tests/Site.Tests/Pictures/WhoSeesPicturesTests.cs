using System.Net;
using LondonDefender.Pictures;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Tests.Pictures;

/// <summary>A picture is public while some page shows it, and an address that never was at any other time.</summary>
public sealed class WhoSeesPicturesTests(StaffedNewsroom newsroom) : IClassFixture<StaffedNewsroom>
{
    private static int size = 400;

    [Fact]
    public async Task Before_its_story_is_due_a_picture_is_an_address_that_never_was()
    {
        var picture = await PictureAsync();
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(picture));

        var id = await newsroom.Desk.BeginAsync(null, Edition.BridgeOpens with { PictureId = picture.Id });
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(picture));
        var due = newsroom.Clock.GetUtcNow().AddHours(1);
        await newsroom.Desk.PublishAsync(id, 1, due);
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(picture));

        newsroom.Clock.MoveTo(due);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(picture));
        await newsroom.Desk.WithdrawAsync(id);
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(picture));
    }

    [Fact]
    public async Task A_picture_taken_off_stays_public_until_the_change_is_published()
    {
        var (first, second) = (await PictureAsync(), await PictureAsync());
        var id = await newsroom.PublishAsync(Edition.FerryCloses with { PictureId = first.Id });

        await newsroom.RewriteAsync(id, text => text with { PictureId = second.Id });
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotFound), (await StatusAsync(first), await StatusAsync(second)));
        await newsroom.RewriteAsync(id, text => text with { Kicker = "Once more" });
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotFound), (await StatusAsync(first), await StatusAsync(second)));

        await newsroom.RepublishAsync(id, text => text);
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.OK), (await StatusAsync(first), await StatusAsync(second)));
    }

    [Fact]
    public async Task Rights_that_run_out_take_it_from_readers_at_that_moment_and_never_from_the_newsroom()
    {
        var picture = await PictureAsync();
        var until = newsroom.Clock.GetUtcNow().AddDays(1);
        await ChangeAsync(picture, p => p.RightsUntil = until);
        var id = await newsroom.PublishAsync(Edition.MarketOpens with { PictureId = picture.Id });
        var kept = (await newsroom.Reader.GetAsync(Address(picture))).Headers.CacheControl!;
        Assert.True(kept.Public && kept.MaxAge > TimeSpan.FromHours(23) && kept.MaxAge <= until - newsroom.Clock.GetUtcNow(), $"{kept}");
        Assert.Empty(kept.Extensions);

        newsroom.Clock.MoveTo(until);

        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(picture));
        Assert.DoesNotContain(picture.AddressHash, (await newsroom.ReadStoryAsync(id)).DocumentElement.OuterHtml, StringComparison.Ordinal);
        var preview = await newsroom.Writer.GetAsync($"/desk{Address(picture)}");
        Assert.Equal(HttpStatusCode.OK, preview.StatusCode);
        Assert.True(preview.Headers.CacheControl?.NoStore);
    }

    [Fact]
    public async Task A_portrait_is_public_and_a_picture_without_use_is_for_the_newsroom_alone()
    {
        var picture = await PictureAsync();
        Assert.Equal(HttpStatusCode.OK, (await newsroom.Writer.GetAsync($"/desk{Address(picture)}")).StatusCode);
        Assert.Equal(HttpStatusCode.Found, (await newsroom.Stranger.GetAsync($"/desk{Address(picture)}")).StatusCode);

        await using var db = await newsroom.OpenDbAsync();
        (await db.Writers.SingleAsync(w => w.Id == Edition.Idris)).PortraitId = picture.Id;
        await db.SaveChangesAsync();

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(picture));
    }

    private async Task<Picture> PictureAsync()
    {
        Vips.IsNeeded();
        return await newsroom.TakeInAsync(await Vips.PlainAsync("photo.jpg", Interlocked.Increment(ref size), 300));
    }

    private async Task ChangeAsync(Picture picture, Action<Picture> change)
    {
        await using var db = await newsroom.OpenDbAsync();
        change(await db.Pictures.SingleAsync(p => p.Id == picture.Id));
        await db.SaveChangesAsync();
    }

    private static string Address(Picture picture) => ShownPicture.Of(picture).Address(PictureCrop.Whole, 160, "jpg");

    private Task<HttpStatusCode> StatusAsync(Picture picture) => newsroom.StatusOf(Address(picture));
}
