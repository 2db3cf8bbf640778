namespace LondonDefender.Pictures;

/// <summary>Where pictures are kept: the section "Pictures".</summary>
public sealed class PicturesOptions
{
    /// <summary>A bucket to keep them in; without one they lie in the data folder.</summary>
    public S3Options S3 { get; } = new();

    internal string Folder { get; private set; } = "";

    internal void UseFolderIn(string dataFolder) => Folder = Path.Combine(dataFolder, "pictures");

    public sealed class S3Options
    {
        public string? Bucket { get; set; }

        /// <summary>Where another than Amazon's service answers, such as https://objects.example.</summary>
        public string? Endpoint { get; set; }

        public string? Region { get; set; }
        public string? AccessKey { get; set; }
        public string? SecretKey { get; set; }
    }
}
