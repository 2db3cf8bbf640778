using System.Net;
using System.Text;
using LondonDefender.Pictures;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace LondonDefender.Tests.Pictures;

/// <summary>What readers get of a picture, and when.</summary>
public sealed class RenditionsTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    [Theory]
    [InlineData(PictureCrop.Whole, 320, "jpg", "image/jpeg", 320, 213)]
    [InlineData(PictureCrop.Card, 480, "avif", "image/avif", 480, 270)]
    [InlineData(PictureCrop.Classic, 320, "webp", "image/webp", 320, 240)]
    [InlineData(PictureCrop.Square, 160, "jpg", "image/jpeg", 160, 160)]
    [InlineData(PictureCrop.Wide, 640, "avif", "image/avif", 640, 320)]
    [InlineData(PictureCrop.Share, 1200, "jpg", "image/jpeg", 1200, 630)]
    public async Task A_picture_in_a_live_story_comes_in_each_shape_and_format(PictureCrop crop, int width, string format, string mediaType, int wide, int high)
    {
        Vips.IsNeeded();
        var picture = await ShownAsync();

        var answer = await newsroom.Reader.GetAsync(ShownPicture.Of(picture).Address(crop, width, format));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(mediaType, answer.Content.Headers.ContentType?.ToString());
        Assert.True(answer.Headers.CacheControl is { Public: true, MaxAge.TotalDays: 365 } kept && kept.Extensions.Any(extension => extension.Name == "immutable"));
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("cross-origin", answer.Headers.GetValues("Cross-Origin-Resource-Policy").Single());
        var bytes = await answer.Content.ReadAsByteArrayAsync();
        Assert.Equal(bytes.Length, answer.Content.Headers.ContentLength);
        Assert.Equal((wide, high), await Vips.SizeAsync(bytes));
    }

    [Fact]
    public async Task Asked_by_head_or_again_it_is_not_sent_again()
    {
        Vips.IsNeeded();
        var address = ShownPicture.Of(await ShownAsync()).Address(PictureCrop.Card, 320, "webp");

        var head = await newsroom.Reader.SendAsync(new(HttpMethod.Head, address));
        var again = new HttpRequestMessage(HttpMethod.Get, address);
        again.Headers.IfNoneMatch.Add(head.Headers.ETag!);

        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
        Assert.True(head.Content.Headers.ContentLength > 100);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync());
        Assert.Equal(HttpStatusCode.NotModified, (await newsroom.Reader.SendAsync(again)).StatusCode);
    }

    [Fact]
    public async Task Nothing_a_camera_wrote_comes_with_what_readers_get()
    {
        Vips.IsNeeded();
        var file = (await Vips.PhotoAsync("photo.jpg", 700, 500)).AsFromACamera("Secret caption").WithIptc((120, "Secret words"));
        Assert.Contains("exif-ifd3-GPSLatitude", await Vips.HeaderAsync(file), StringComparison.Ordinal);
        var picture = await newsroom.TakeInAsync(file);
        await UsedAsync(picture);

        foreach (var format in new[] { "avif", "webp", "jpg" })
        {
            var bytes = await newsroom.Reader.GetByteArrayAsync(ShownPicture.Of(picture).Address(PictureCrop.Whole, 320, format));
            var header = await Vips.HeaderAsync(bytes);
            Assert.DoesNotContain("GPS", header, StringComparison.Ordinal);
            Assert.DoesNotContain("xif-ifd0-ImageDescription", header, StringComparison.Ordinal);
            Assert.DoesNotContain("iptc", header, StringComparison.Ordinal);
            Assert.DoesNotContain("Secret", Encoding.Latin1.GetString(bytes), StringComparison.Ordinal);
            // Upright, as the camera was held.
            Assert.Equal((320, 448), await Vips.SizeAsync(bytes));
        }
    }

    [Fact]
    public async Task Each_cut_keeps_the_focal_point()
    {
        Vips.IsNeeded();
        var picture = await newsroom.TakeInAsync(await Vips.PhotoAsync("photo.jpg", 1400, 600));
        await UsedAsync(picture);
        var middle = await newsroom.Reader.GetByteArrayAsync(ShownPicture.Of(picture).Address(PictureCrop.Square, 480, "jpg"));
        Assert.True(await Vips.BrightnessAsync(middle, 0.97, 0.5) > 60, "The dark spot at the far right is not in the middle.");

        await using (var db = await newsroom.OpenDbAsync())
        {
            var moved = await db.Pictures.SingleAsync(p => p.Id == picture.Id);
            moved.FocusOn(0.95f, 0.5f);
            await db.SaveChangesAsync();
            Assert.NotEqual(picture.AddressHash, moved.AddressHash);
            picture = moved;
        }

        var right = await newsroom.Reader.GetByteArrayAsync(ShownPicture.Of(picture).Address(PictureCrop.Square, 480, "jpg"));
        Assert.True(await Vips.BrightnessAsync(right, 0.97, 0.5) < 40, "The cut did not follow the focal point.");
    }

    [Theory]
    [InlineData("/300.jpg")]
    [InlineData("/0320.jpg")]
    [InlineData("/320.png")]
    [InlineData("/320.gif")]
    [InlineData("/320.JPG")]
    [InlineData("/1280.jpg")]
    [InlineData("/320")]
    [InlineData("/3x2/320.jpg")]
    [InlineData("/share/640.jpg")]
    [InlineData("/share/1200.webp")]
    [InlineData("/16x9/320.jpg/more")]
    [InlineData("/..%2f..%2foriginals/320.jpg")]
    public async Task What_is_not_offered_has_no_address(string rest)
    {
        Vips.IsNeeded();

        Assert.Equal(HttpStatusCode.NotFound, await newsroom.StatusOf($"/pictures/{(await ShownAsync()).AddressHash}{rest}"));
    }

    [Fact]
    public async Task A_small_picture_is_never_made_larger()
    {
        Vips.IsNeeded();
        var picture = await newsroom.TakeInAsync(await Vips.PhotoAsync("photo.png", 120, 90), "photo.png");
        await UsedAsync(picture);

        var shown = ShownPicture.Of(picture);
        Assert.Equal([160], shown.WidthsOf(PictureCrop.Card));
        Assert.Equal((120, 68), await Vips.SizeAsync(await newsroom.Reader.GetByteArrayAsync(shown.Address(PictureCrop.Card, 160, "jpg"))));
        Assert.Equal((1200, 630), await Vips.SizeAsync(await newsroom.Reader.GetByteArrayAsync(shown.Address(PictureCrop.Share, 1200, "jpg"))));
    }

    [Fact]
    public async Task Twenty_readers_at_one_moment_have_it_made_once()
    {
        Vips.IsNeeded();
        var picture = await ShownAsync();
        var address = ShownPicture.Of(picture).Address(PictureCrop.Classic, 640, "jpg");

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => newsroom.Reader.GetByteArrayAsync(address)));

        Assert.All(answers, bytes => Assert.Equal(answers[0], bytes));
        var kept = Directory.EnumerateFiles(Folder, "4x3-640.jpg*", SearchOption.AllDirectories);
        Assert.Single(kept, file => file.Contains(picture.AddressHash, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Half_a_rendition_left_by_a_killed_process_is_never_given_out()
    {
        Vips.IsNeeded();
        var picture = await ShownAsync();
        var key = new Rendition(PictureCrop.Wide, 320, "jpg").Key(picture.AddressHash);
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(Folder, key))!);
        await File.WriteAllTextAsync(Path.Combine(Folder, key + ".0123.part"), "half");

        var bytes = await newsroom.Reader.GetByteArrayAsync(ShownPicture.Of(picture).Address(PictureCrop.Wide, 320, "jpg"));

        Assert.Equal((320, 160), await Vips.SizeAsync(bytes));
    }

    [Fact]
    public async Task A_print_that_is_gone_is_no_fault_of_the_page()
    {
        Vips.IsNeeded();
        var file = await Vips.PhotoAsync("photo.jpg", 405, 300);
        var picture = await newsroom.TakeInAsync(file);
        await UsedAsync(picture);
        File.Delete(Path.Combine(Folder, PictureStore.PrintKey(picture.FileHash)));

        var answer = await newsroom.Reader.GetAsync(ShownPicture.Of(picture).Address(PictureCrop.Whole, 160, "jpg"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.True(answer.Headers.CacheControl?.NoStore);

        await newsroom.TakeInAsync(file);
        Assert.Equal(HttpStatusCode.OK, await newsroom.StatusOf(ShownPicture.Of(picture).Address(PictureCrop.Whole, 160, "jpg")));
    }

    [Fact]
    public async Task What_could_not_be_made_is_tried_again_after_a_few_minutes_and_not_at_once()
    {
        Vips.IsNeeded();
        var picture = await newsroom.TakeInAsync(await Vips.PhotoAsync("photo.jpg", 407, 300));
        await UsedAsync(picture);
        var print = Path.Combine(Folder, PictureStore.PrintKey(picture.FileHash));
        var whole = await File.ReadAllBytesAsync(print);
        var address = ShownPicture.Of(picture).Address(PictureCrop.Whole, 160, "jpg");

        await File.WriteAllTextAsync(print, "no picture");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await newsroom.StatusOf(address));
        await File.WriteAllBytesAsync(print, whole);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await newsroom.StatusOf(address));

        newsroom.Clock.MoveTo(newsroom.Clock.GetUtcNow().AddMinutes(6));
        Assert.Equal(HttpStatusCode.OK, await newsroom.StatusOf(address));
    }

    private string Folder => newsroom.Services.GetRequiredService<PicturesFolder>().Path;

    /// <summary>A picture on top of a live story.</summary>
    private async Task<Picture> ShownAsync()
    {
        var intake = await newsroom.SendInAsync(await Vips.PhotoAsync("photo.jpg", 900, 600));
        var taken = Assert.IsType<Intake.Taken>(intake);
        if (taken.IsNew)
            await UsedAsync(taken.Picture);
        return taken.Picture;
    }

    private Task<int> UsedAsync(Picture picture) => newsroom.PublishAsync(Edition.BridgeOpens with { PictureId = picture.Id });
}
