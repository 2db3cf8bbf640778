using LondonDefender.Pictures;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace LondonDefender.Tests.Pictures;

/// <summary>Files as photographers send them.</summary>
public sealed class IntakeTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    [Theory]
    [InlineData("photo.jpg", "jpeg")]
    [InlineData("photo.png", "png")]
    [InlineData("photo.webp", "webp")]
    [InlineData("photo.avif", "avif")]
    [InlineData("photo.gif", "gif")]
    [InlineData("photo.tif", "tiff")]
    public async Task Each_of_the_six_formats_is_known_by_its_content(string file, string format)
    {
        Vips.IsNeeded();

        var picture = await newsroom.TakeInAsync(await Vips.PhotoAsync(file, 640, 480), "IMG_0042");

        Assert.Equal(format, picture.Format);
        Assert.Equal((640, 480), (picture.Width, picture.Height));
        Assert.Matches("^#[0-9a-f]{6}$", picture.Colour);
        Assert.True(Convert.ToInt32(picture.Colour[1..3], 16) > 90, $"A bright scene has a bright place-holder, not {picture.Colour}.");
        Assert.Matches("^[0-9a-f]{24}$", picture.AddressHash);
    }

    [Fact]
    public async Task A_camera_held_upright_gives_an_upright_picture()
    {
        Vips.IsNeeded();

        var picture = await newsroom.TakeInAsync((await Vips.PhotoAsync("photo.jpg", 900, 600)).AsFromACamera("On its side"));

        Assert.Equal((600, 900), (picture.Width, picture.Height));
    }

    [Fact]
    public async Task Caption_credit_rights_and_moment_are_read_into_the_form()
    {
        Vips.IsNeeded();
        var file = (await Vips.PhotoAsync("photo.jpg", 610, 400)).AsFromACamera("OLYMPUS DIGITAL CAMERA", "2026:07:09 17:30:00")
            .WithIptc((120, "The ferry’s last crossing of the Wend"), (80, "Ada Quay"), (110, "Wend Pictures"), (116, "© Ada Quay 2026"));

        var picture = await newsroom.TakeInAsync(file);

        Assert.Equal("The ferry’s last crossing of the Wend", picture.Caption);
        Assert.Equal("Ada Quay/Wend Pictures", picture.Credit);
        Assert.Equal("© Ada Quay 2026", picture.Rights);
        // A camera says no zone; the paper's own photographers set theirs by London.
        Assert.Equal(new DateTimeOffset(2026, 7, 9, 16, 30, 0, TimeSpan.Zero), picture.TakenAt);
    }

    [Fact]
    public async Task Words_are_read_from_xmp_too_and_a_description_for_the_blind_with_them()
    {
        Vips.IsNeeded();
        var file = (await Vips.PhotoAsync("photo.jpg", 611, 400)).WithXmp("""
            <dc:description><rdf:Alt><rdf:li xml:lang="x-default">Lamps on the quay</rdf:li></rdf:Alt></dc:description>
            <dc:creator><rdf:Seq><rdf:li>Ada Quay</rdf:li></rdf:Seq></dc:creator>
            <c:AltTextAccessibility><rdf:Alt><rdf:li>Two lamps mirrored in still water</rdf:li></rdf:Alt></c:AltTextAccessibility>
            """);

        var picture = await newsroom.TakeInAsync(file);

        Assert.Equal("Lamps on the quay", picture.Caption);
        Assert.Equal("Two lamps mirrored in still water", picture.Alt);
        Assert.Equal("Ada Quay/Wend Pictures", picture.Credit);
    }

    [Theory]
    [InlineData("<!DOCTYPE a [<!ENTITY b \"x\">]><a>&b;</a>")]
    [InlineData("<dc:description>never ends")]
    public async Task Words_that_cannot_be_read_cost_no_picture(string nonsense)
    {
        Vips.IsNeeded();

        var picture = await newsroom.TakeInAsync((await Vips.PhotoAsync("photo.jpg", 500, 400)).WithXmp(nonsense));

        Assert.Equal("", picture.Caption.Replace("never ends", "", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_same_file_sent_twice_at_one_moment_is_one_picture()
    {
        Vips.IsNeeded();
        var file = await Vips.PhotoAsync("photo.jpg", 620, 400);

        var both = await Task.WhenAll(newsroom.SendInAsync(file, "mine.jpg"), newsroom.SendInAsync(file, "yours.jpg"));
        var again = Assert.IsType<Intake.Taken>(await newsroom.SendInAsync(file, "again.jpg"));

        var taken = both.Select(Assert.IsType<Intake.Taken>).ToList();
        Assert.Single(taken, t => t.IsNew);
        Assert.Equal(taken[0].Picture.Id, taken[1].Picture.Id);
        Assert.False(again.IsNew);
        Assert.Equal(taken[0].Picture.Id, again.Picture.Id);
        await using var db = await newsroom.OpenDbAsync();
        Assert.Equal(1, await db.Pictures.CountAsync(p => p.FileHash == taken[0].Picture.FileHash));
    }

    [Fact]
    public async Task Nothing_is_left_lying_about()
    {
        Vips.IsNeeded();
        await newsroom.TakeInAsync(await Vips.PhotoAsync("photo.jpg", 630, 400));
        await newsroom.SendInAsync("no picture"u8.ToArray());

        var work = Path.Combine(newsroom.Services.GetRequiredService<PicturesFolder>().Path, "work");

        Assert.Empty(Directory.EnumerateFileSystemEntries(work));
    }

    [Fact]
    public void The_newsroom_says_what_to_install() =>
        Assert.Contains("apt-get install libvips-tools", PictureTools.WhatToInstall, StringComparison.Ordinal);
}
