using System.Buffers.Binary;
using System.IO.Compression;
using System.Net;
using System.Text;
using LondonDefender.Pictures;
using Microsoft.Extensions.DependencyInjection;

namespace LondonDefender.Tests.Pictures;

/// <summary>Files nobody well-meaning sends, and some that break on their way: each is refused with a sentence, and nothing else happens.</summary>
public sealed class HostileFilesTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    [Theory]
    [InlineData("drawing.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>", "SVG")]
    [InlineData("photo.jpg", "<?xml version=\"1.0\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\"/>", "SVG")]
    [InlineData("photo.jpg", "<!DOCTYPE html><html><body>hello</body></html>", "web page")]
    [InlineData("photo.jpg", "%PDF-1.7\n1 0 obj", "PDF")]
    [InlineData("photo.jpg", "PK\u0003\u0004 and so on", "ZIP")]
    [InlineData("photo.jpg", "just words", "not a picture")]
    [InlineData("photo.jpg", "P6 40000 40000 255 ", "not a picture")]
    [InlineData("photo.jpg", "", "empty")]
    public async Task What_is_no_picture_is_called_what_it_is(string name, string content, string word)
    {
        Vips.IsNeeded();

        Assert.Contains(word, await newsroom.WhyRefusedAsync(Encoding.UTF8.GetBytes(content), name), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("photo.jpg", 0.5)]
    [InlineData("photo.jpg", 0.98)]
    [InlineData("photo.png", 0.5)]
    [InlineData("photo.png", 0.98)]
    [InlineData("photo.webp", 0.5)]
    [InlineData("photo.avif", 0.5)]
    [InlineData("photo.gif", 0.5)]
    [InlineData("photo.tif", 0.5)]
    [InlineData("photo.jpg", 0.01)]
    [InlineData("photo.avif", 0.05)]
    public async Task A_file_that_ends_midway_is_refused(string name, double part)
    {
        Vips.IsNeeded();

        var sentence = await newsroom.WhyRefusedAsync((await Vips.PhotoAsync(name, 640, 480)).Cut(part), name);

        Assert.Matches("ends in the middle|damaged", sentence);
    }

    [Fact]
    public async Task A_jpeg_cut_short_and_closed_again_is_refused()
    {
        Vips.IsNeeded();

        var sentence = await newsroom.WhyRefusedAsync((await Vips.PhotoAsync("photo.jpg", 640, 480)).Cut(0.5).Then([0xFF, 0xD9]));

        Assert.Matches("ends in the middle|damaged", sentence);
    }

    public static TheoryData<string> Appended => ["%PDF-1.4 hidden", "<script>alert(1)</script>", "<HTML><body>", "<?php system($_GET['c']); ?>", "Rar!\u001a and so on", "\0\0\0\u0018ftypmp42"];

    [Theory]
    [MemberData(nameof(Appended))]
    public async Task A_file_that_is_two_things_at_once_is_refused(string second)
    {
        Vips.IsNeeded();
        foreach (var name in new[] { "photo.jpg", "photo.png", "photo.gif", "photo.webp", "photo.tif" })
            Assert.Contains("something besides the picture", await newsroom.WhyRefusedAsync((await Vips.PhotoAsync(name, 320, 240)).Then(second), name), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_archive_inside_or_behind_a_picture_is_found_from_its_end()
    {
        Vips.IsNeeded();
        using var archive = new MemoryStream();
        using (var zip = new ZipArchive(archive, ZipArchiveMode.Create, leaveOpen: true))
            zip.CreateEntry("payload.exe").Open().Dispose();
        var photo = await Vips.PhotoAsync("photo.png", 320, 240);

        Assert.Contains("ZIP", await newsroom.WhyRefusedAsync(photo.Then(archive.ToArray()), "photo.png"), StringComparison.Ordinal);
        Assert.Contains("ZIP", await newsroom.WhyRefusedAsync(photo.Then(new byte[70_000]).Then(archive.ToArray()), "photo.png"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Something_large_and_nameless_behind_a_picture_is_refused()
    {
        Vips.IsNeeded();
        var ballast = new byte[200_000];
        new Random(1).NextBytes(ballast);

        Assert.Contains("besides the picture", await newsroom.WhyRefusedAsync((await Vips.PhotoAsync("photo.jpg", 320, 240)).Then(ballast)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_web_page_in_a_pictures_comment_is_refused()
    {
        Vips.IsNeeded();
        var file = (await Vips.PhotoAsync("photo.jpg", 320, 240)).WithSegment(0xFE, "<html><script>alert(1)</script>"u8.ToArray());

        Assert.Contains("besides the picture", await newsroom.WhyRefusedAsync(file), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cameras_add_behind_a_picture_does_no_harm()
    {
        Vips.IsNeeded();
        var photo = await Vips.PhotoAsync("photo.jpg", 330, 240);
        var preview = await Vips.PhotoAsync("preview.jpg", 160, 120);

        await newsroom.TakeInAsync(photo.Then(new byte[300]));
        await newsroom.TakeInAsync(photo.Then(preview).Then(new byte[16]).Then(preview).Then("SEFH small trailer of a telephone SEFT"));
    }

    [Theory]
    [InlineData("photo.png", "photo.jpg", "PNG")]
    [InlineData("photo.jpg", "photo.svg", "JPEG")]
    [InlineData("photo.gif", "page.html", "GIF")]
    public async Task A_name_that_says_something_else_is_refused(string made, string name, string format)
    {
        Vips.IsNeeded();

        Assert.Contains(format, await newsroom.WhyRefusedAsync(await Vips.PhotoAsync(made, 321, 240), name), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bomb_is_known_by_its_header_whatever_its_format()
    {
        Vips.IsNeeded();
        var png = await Vips.PlainAsync("bomb.png", 64, 64);
        var gif = await Vips.PhotoAsync("bomb.gif", 64, 64);
        var jpeg = await Vips.PhotoAsync("bomb.jpg", 64, 64);
        byte[] startOfFrame = [0xFF, 0xC0];
        var size = jpeg.AsSpan().IndexOf(startOfFrame);
        var avif = await Vips.PhotoAsync("bomb.avif", 64, 64);
        var extents = avif.AsSpan().IndexOf("ispe"u8) + 8;
        Dictionary<string, byte[]> bombs = new()
        {
            // Its checksum is wrong now; the measures are looked at before it.
            ["bomb.png"] = png.With(16, 0, 0, 0xEA, 0x60, 0, 0, 0xEA, 0x60),
            ["bomb.gif"] = gif.With(6, 0xFF, 0xFF, 0xFF, 0xFF),
            ["bomb.jpg"] = jpeg.With(size + 5, 0xFE, 0xFE, 0xFE, 0xFE),
            ["wide.jpg"] = jpeg.With(size + 5, 0x2E, 0xE0, 0x2E, 0xE0),
            ["bomb.avif"] = avif.With(extents, 0, 0, 0x75, 0x30, 0, 0, 0x75, 0x30),
            ["none.png"] = png.With(16, 0, 0, 0, 0, 0, 0, 0, 0),
        };

        foreach (var (name, bomb) in bombs)
            Assert.Matches("megapixels|no side may be longer|damaged|no size|more memory", await newsroom.WhyRefusedAsync(bomb, name));
    }

    [Fact]
    public async Task More_than_a_hundred_megapixels_are_refused_even_when_all_is_true()
    {
        Vips.IsNeeded();

        var sentence = await newsroom.WhyRefusedAsync(await Vips.PlainAsync("wide.png", 12_000, 9_000), "wide.png");

        Assert.Contains("108 megapixels", sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_film_of_thousands_of_frames_gives_its_first_or_none_and_the_paper_answers_meanwhile()
    {
        Vips.IsNeeded();
        var one = await Vips.PlainAsync("frame.gif", 2_000, 2_000);
        var frame = one.AsSpan().IndexOf((byte)0x2C) is var at && at > 13 ? one[at..^1] : one[13..^1];
        var film = one[..^1].ToList();
        while (film.Count < 20_000_000)
            film.AddRange(frame);
        film.Add((byte)';');

        var intake = newsroom.SendInAsync([.. film], "film.gif");
        Assert.Equal(HttpStatusCode.OK, await newsroom.StatusOf("/"));

        await intake;
    }

    [Fact]
    public async Task A_file_larger_than_forty_megabytes_is_not_even_read_to_its_end()
    {
        Vips.IsNeeded();
        var endless = new EndlessPicture();

        var refused = Assert.IsType<Intake.Refused>(await newsroom.Services
            .GetRequiredService<PictureIntake>().TakeInAsync(endless, "endless.jpg", null, CancellationToken.None));

        Assert.Contains("40 MB", refused.Sentence, StringComparison.Ordinal);
        Assert.InRange(endless.Given, 1, 41 * 1024 * 1024);
    }

    [Fact]
    public async Task Bytes_at_random_behind_any_signature_end_in_a_sentence()
    {
        Vips.IsNeeded();
        var chance = new Random(42);
        foreach (var name in new[] { "photo.jpg", "photo.png", "photo.webp", "photo.avif", "photo.gif", "photo.tif" })
        {
            var good = await Vips.PhotoAsync(name, 200, 150);
            for (var attempt = 0; attempt < 6; attempt++)
            {
                var bad = good.ToArray();
                for (var i = 0; i < 40; i++)
                    bad[chance.Next(12, bad.Length)] = (byte)chance.Next(256);

                // Taken or refused: what matters is that there is an answer.
                Assert.NotNull(await newsroom.SendInAsync(bad, name));
            }
        }
    }

    [Fact]
    public async Task A_tiff_whose_tables_lead_in_circles_is_read_once()
    {
        Vips.IsNeeded();
        byte[] circle = [(byte)'I', (byte)'I', 42, 0, 8, 0, 0, 0, 1, 0, 0, 1, 3, 0, 1, 0, 0, 0, 10, 0, 0, 0, 8, 0, 0, 0];

        Assert.NotEmpty(await newsroom.WhyRefusedAsync(circle, "circle.tif"));
    }

    [Fact]
    public async Task A_tiff_whose_entries_name_the_same_parts_over_and_over_is_damaged()
    {
        Vips.IsNeeded();
        var file = new byte[40_000];
        byte[] head = [(byte)'I', (byte)'I', 42, 0, 8, 0, 0, 0, 0, 2];
        head.CopyTo(file, 0);
        for (var entry = 0; entry < 512; entry++)
        {
            // The places of 9,000 strips, as numbers of four bytes, written from the file’s eighth byte on.
            byte[] strips = [0x11, 1, 4, 0, 0x28, 0x23, 0, 0, 8, 0, 0, 0];
            strips.CopyTo(file, 10 + (entry * 12));
        }

        Assert.Contains("damaged", await newsroom.WhyRefusedAsync(file, "parts.tif"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Raw_files_and_telephones_heic_are_told_what_to_become()
    {
        Vips.IsNeeded();
        var heic = new byte[64];
        BinaryPrimitives.WriteInt32BigEndian(heic, 24);
        "ftypheic"u8.CopyTo(heic.AsSpan(4));
        byte[] raw = [(byte)'I', (byte)'I', 42, 0, 16, 0, 0, 0, (byte)'C', (byte)'R', 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];

        Assert.Contains("HEIC", await newsroom.WhyRefusedAsync(heic, "IMG_1.HEIC"), StringComparison.Ordinal);
        Assert.Contains("raw", await newsroom.WhyRefusedAsync(raw, "IMG_1.CR2"), StringComparison.Ordinal);
    }

    /// <summary>Begins like a JPEG and never ends.</summary>
    private sealed class EndlessPicture : Stream
    {
        public long Given { get; private set; }

        public override int Read(byte[] buffer, int offset, int count)
        {
            buffer.AsSpan(offset, count).Fill(0x55);
            if (Given == 0)
                new byte[] { 0xFF, 0xD8, 0xFF, 0xE0 }.CopyTo(buffer.AsSpan(offset));
            Given += count;
            return count;
        }

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => Given; set => throw new NotSupportedException(); }
        public override void Flush() { }
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
