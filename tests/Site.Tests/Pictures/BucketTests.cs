using System.Net;
using LondonDefender.Pictures;
using Microsoft.Extensions.DependencyInjection;

namespace LondonDefender.Tests.Pictures;

/// <summary>A paper that keeps its pictures in a bucket, as its settings say.</summary>
public sealed class BucketTests(BucketTests.PaperWithABucket newsroom) : IClassFixture<BucketTests.PaperWithABucket>
{
    public sealed class PaperWithABucket : Newsroom
    {
        private S3Server server = null!;

        protected override IEnumerable<string> MoreSettings =>
        [
            $"--Pictures:S3:Bucket={S3Server.Bucket}", $"--Pictures:S3:Endpoint={server.Endpoint}", "--Pictures:S3:Region=eu-west-2",
            "--Pictures:S3:AccessKey=S3RVER", "--Pictures:S3:SecretKey=S3RVER",
        ];

        public override async ValueTask InitializeAsync()
        {
            server = await S3Server.StartAsync();
            await base.InitializeAsync();
        }

        public override async ValueTask DisposeAsync()
        {
            await base.DisposeAsync();
            await server.DisposeAsync();
        }
    }

    private PictureStore Store => newsroom.Services.GetRequiredService<PictureStore>();

    [Fact]
    public async Task What_is_kept_comes_back_byte_for_byte_and_what_is_not_there_is_nothing()
    {
        var file = Path.GetTempFileName();
        var bytes = new byte[300_000];
        new Random(7).NextBytes(bytes);
        await File.WriteAllBytesAsync(file, bytes);

        await Store.KeepAsync("originals/ab/abcdef", file, CancellationToken.None);
        await using (var found = await Store.OpenAsync("originals/ab/abcdef", CancellationToken.None))
        {
            var back = new byte[bytes.Length];
            Assert.Equal(bytes.Length, found!.Length);
            await found.ReadExactlyAsync(back);
            Assert.Equal(bytes, back);
        }

        Assert.Null(await Store.OpenAsync("originals/ab/never", CancellationToken.None));
        Assert.True(await Store.FetchAsync("originals/ab/abcdef", file, CancellationToken.None));
        Assert.True(await Store.HasAsync("originals/ab/abcdef", CancellationToken.None));
        Assert.False(await Store.HasAsync("renditions/no/such.jpg", CancellationToken.None));
        File.Delete(file);
    }

    [Fact]
    public async Task A_picture_goes_from_the_photographer_to_the_reader_by_way_of_the_bucket()
    {
        Vips.IsNeeded();
        var picture = await newsroom.TakeInAsync(await Vips.PhotoAsync("photo.jpg", 700, 500));
        await newsroom.PublishAsync(Edition.BridgeOpens with { PictureId = picture.Id });
        var address = ShownPicture.Of(picture).Address(PictureCrop.Card, 480, "webp");

        var first = await newsroom.Reader.GetAsync(address);
        var second = await newsroom.Reader.GetByteArrayAsync(address);

        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        Assert.Equal(second.Length, first.Content.Headers.ContentLength);
        Assert.True(await Store.HasAsync(new Rendition(PictureCrop.Card, 480, "webp").Key(picture.AddressHash), CancellationToken.None));
        var folder = newsroom.Services.GetRequiredService<PicturesFolder>().Path;
        Assert.Empty(Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories));
    }
}
