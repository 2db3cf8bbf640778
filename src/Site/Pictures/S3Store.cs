using Amazon;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Microsoft.Extensions.Options;

namespace LondonDefender.Pictures;

/// <summary>Pictures in a bucket of S3, or of a service that speaks like it.</summary>
public sealed class S3Store(IOptions<PicturesOptions> options) : PictureStore, IDisposable
{
    private readonly PicturesOptions.S3Options settings = options.Value.S3;
    private readonly Lazy<AmazonS3Client> client = new(() => ClientFor(options.Value.S3));

    public override Task<Stream?> OpenAsync(string key, CancellationToken ct) => AskAsync(async () =>
    {
        try
        {
            using var found = await client.Value.GetObjectAsync(settings.Bucket, key, ct);
            // A picture is small, and a stream from afar knows its length only when it is here.
            var here = new MemoryStream((int)found.ContentLength);
            await found.ResponseStream.CopyToAsync(here, ct);
            here.Position = 0;
            return (Stream?)here;
        }
        catch (AmazonS3Exception problem) when (problem.ErrorCode == "NoSuchKey")
        {
            return null;
        }
    });

    public override Task KeepAsync(string key, string file, CancellationToken ct) => AskAsync(() =>
        client.Value.PutObjectAsync(new PutObjectRequest { BucketName = settings.Bucket, Key = key, FilePath = file, ContentType = "application/octet-stream", UseChunkEncoding = false }, ct));

    public override async Task ThrowAwayAsync(string key, CancellationToken ct)
    {
        var found = await AskAsync(() => client.Value.ListObjectsV2Async(new ListObjectsV2Request { BucketName = settings.Bucket, Prefix = key }, ct));
        foreach (var file in found.S3Objects ?? [])
            await AskAsync(() => client.Value.DeleteObjectAsync(settings.Bucket, file.Key, ct));
    }

    private static async Task<T> AskAsync<T>(Func<Task<T>> ask)
    {
        try
        {
            return await ask();
        }
        catch (Exception problem) when (problem is AmazonServiceException or AmazonClientException or HttpRequestException or IOException)
        {
            throw new StoreAway(problem);
        }
    }

    private static AmazonS3Client ClientFor(PicturesOptions.S3Options settings)
    {
        var config = new AmazonS3Config
        {
            MaxErrorRetry = 1,
            Timeout = TimeSpan.FromSeconds(30),
            // Not every service knows the checksums that Amazon's own would like.
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
        };
        if (!string.IsNullOrWhiteSpace(settings.Endpoint))
        {
            config.ServiceURL = settings.Endpoint;
            config.ForcePathStyle = true;
            config.AuthenticationRegion = settings.Region ?? "us-east-1";
        }
        else if (!string.IsNullOrWhiteSpace(settings.Region))
        {
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(settings.Region);
        }

        // Without keys in the settings those of the machine are used.
        return string.IsNullOrWhiteSpace(settings.AccessKey)
            ? new AmazonS3Client(config)
            : new AmazonS3Client(new BasicAWSCredentials(settings.AccessKey, settings.SecretKey), config);
    }

    public void Dispose()
    {
        if (client.IsValueCreated)
            client.Value.Dispose();
    }
}
