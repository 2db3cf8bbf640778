using LondonDefender.Pictures;

namespace LondonDefender.Hosting.Checkup;

/// <summary>Programs the paper asks other work of: it runs without them, only with less.</summary>
internal static class ProgramsCheck
{
    private static readonly (string Format, string Saver)[] Formats = [("AVIF", "heifsave"), ("WebP", "webpsave"), ("JPEG", "jpegsave")];

    public static async Task<IEnumerable<Diagnosis>> ExamineAsync() => [await LibvipsAsync(), await FontsAsync()];

    private static async Task<Diagnosis> LibvipsAsync()
    {
        const string Name = "libvips";
        using var tools = new PictureTools();
        if (!tools.IsInstalled)
            return Diagnosis.Mind(Name, PictureTools.WhatToInstall);

        var version = await Command.RunAsync("vips", ["--version"], CancellationToken.None);
        var operations = await Command.RunAsync("vips", ["-l"], CancellationToken.None);
        var missing = Formats.Where(format => !operations.Output.Contains(format.Saver, StringComparison.Ordinal)).Select(format => format.Format).ToList();
        return missing.Count == 0
            ? Diagnosis.Well(Name, $"{version.LastLine} writes AVIF, WebP and JPEG.")
            : Diagnosis.Mind(Name, $"{version.LastLine} writes no {string.Join(" and no ", missing)}; readers get what it does write. A newer libvips-tools, or libheif-plugin-aomenc, may bring it.");
    }

    private static async Task<Diagnosis> FontsAsync()
    {
        const string Name = "Fonts";
        if (PictureTools.Find("fc-list") is not { } list)
            return Diagnosis.Mind(Name, "No fontconfig is here, so pictures of words, which stand for stories without one, stay empty: apt-get install fontconfig fonts-liberation.");

        var fonts = await Command.RunAsync(list, [":", "family"], CancellationToken.None);
        return fonts.Output.Contains("Liberation", StringComparison.Ordinal)
            ? Diagnosis.Well(Name, "Liberation is there to set pictures of words in.")
            : Diagnosis.Mind(Name, "Pictures of words are set in whatever there is: apt-get install fonts-liberation brings the typeface they were drawn for.");
    }
}
