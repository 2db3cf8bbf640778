namespace LondonDefender.Pictures;

/// <summary>libvips' command line programs, which do all decoding in processes of their own.</summary>
public sealed class PictureTools
{
    public const string WhatToInstall = "Pictures need libvips on the paper’s machine, which is not there. On Debian and Ubuntu: apt-get install libvips-tools; then start the paper again.";

    private readonly string? vips = Find("vips");
    private readonly string? vipsHeader = Find("vipsheader");

    public bool IsInstalled => vips is not null && vipsHeader is not null;

    private static string? Find(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
}
