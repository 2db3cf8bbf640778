using System.Globalization;
using LondonDefender.Paper;

namespace LondonDefender.Pictures;

/// <summary>
/// The one print made of each file: upright, in sRGB, on white, without a word of metadata. Every rendition is made from it, so what
/// strangers ask for never touches what strangers sent.
/// </summary>
internal sealed class Print
{
    public const string FileName = "print.jpg";

    /// <summary>Of its shorter side: enough for the widest square.</summary>
    private const int ShorterSide = 1920;

    private static readonly string[] Blocks = ["exif-data", "iptc-data", "xmp-data"];

    private readonly Darkroom darkroom;
    private readonly string file;
    private readonly string header;

    private Print(Darkroom darkroom, string file, string header) => (this.darkroom, this.file, this.header) = (darkroom, file, header);

    /// <summary>Of the picture itself, upright; the print may be smaller.</summary>
    public int Width { get; private set; }
    public int Height { get; private set; }

    public string Colour { get; private set; } = "";

    /// <exception cref="UnusablePicture">It cannot be unpacked, or not within the limits.</exception>
    public static async Task<Print> MakeAsync(Darkroom darkroom, string file, string format, CancellationToken ct)
    {
        var header = (await AskAsync(darkroom, "vipsheader", ["-a", file], ct)).Output;
        var print = new Print(darkroom, file, header);
        var (width, height) = (print.Number("width"), print.Number("height"));
        PictureIntake.RefuseTooLarge(width, height);
        if (print.Field("vips-loader") != LoaderOf(format))
            throw UnusablePicture.Damaged();

        var longest = LongestSideFor(width, height);
        await AskAsync(darkroom, "vips",
            ["thumbnail", file, $"{FileName}[Q=94,subsample-mode=off,strip,background=255]", $"{longest}", "--height", $"{longest}", "--size", "down", "--export-profile", "srgb", "--fail-on", "error"], ct);
        await print.MeasureAsync(width, height, ct);
        return print;
    }

    /// <summary>What is written in the file; a block that cannot be read is none.</summary>
    public async Task<PictureWords> ReadWordsAsync(PaperClock clock, CancellationToken ct)
    {
        List<byte[]> blocks = [];
        foreach (var name in Blocks)
        {
            var isThere = header.Contains($"\n{name}: ", StringComparison.Ordinal);
            var answer = isThere ? await darkroom.RunAsync("vipsheader", ["-f", name, file], ct) : null;
            blocks.Add(answer is { Succeeded: true } ? Bytes(answer.Output.Trim()) : []);
        }

        return PictureWords.Read(blocks[0], blocks[1], blocks[2], clock);
    }

    private async Task MeasureAsync(int width, int height, CancellationToken ct)
    {
        var made = new Print(darkroom, FileName, (await AskAsync(darkroom, "vipsheader", ["-a", FileName], ct)).Output);
        // The camera's orientation is known by what the print became of it.
        var isTurned = width > height != made.Number("width") > made.Number("height");
        (Width, Height) = isTurned ? (height, width) : (width, height);

        await AskAsync(darkroom, "vips", ["thumbnail", FileName, "dot.png", "1", "--height", "1", "--size", "force"], ct);
        Colour = ColourOf((await AskAsync(darkroom, "vips", ["getpoint", "dot.png", "0", "0"], ct)).Output);
    }

    private static int LongestSideFor(int width, int height)
    {
        var scale = Math.Min(1.0, (double)ShorterSide / Math.Min(width, height));
        return Math.Max(1, (int)Math.Ceiling(Math.Max(width, height) * scale));
    }

    private static string ColourOf(string point)
    {
        int[] channels = [.. point.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(number => (int)Math.Clamp(Math.Round(double.Parse(number, CultureInfo.InvariantCulture)), 0, 255))];
        return channels.Length >= 3 ? $"#{channels[0]:x2}{channels[1]:x2}{channels[2]:x2}" : $"#{channels[0]:x2}{channels[0]:x2}{channels[0]:x2}";
    }

    /// <summary>The first line of that name: the measures come before anything a file could say of itself.</summary>
    private string? Field(string name) =>
        header.Split('\n').FirstOrDefault(line => line.StartsWith(name + ": ", StringComparison.Ordinal))?[(name.Length + 2)..].Trim();

    private int Number(string name) => int.TryParse(Field(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static string LoaderOf(string format) => format == "avif" ? "heifload" : $"{format}load";

    private static byte[] Bytes(string written)
    {
        var bytes = new byte[written.Length];
        return Convert.TryFromBase64String(written, bytes, out var count) ? bytes[..count] : [];
    }

    private static async Task<ToolAnswer> AskAsync(Darkroom darkroom, string program, IReadOnlyList<string> arguments, CancellationToken ct)
    {
        var answer = await darkroom.RunAsync(program, arguments, ct);
        // Half a picture that is properly closed only draws a warning.
        if (answer.Succeeded && !IsTruncated(answer.Complaint))
            return answer;

        throw answer switch
        {
            { TookTooLong: true } => new UnusablePicture("The picture takes too long to unpack. Save it anew as a plain JPEG, and send that."),
            { Succeeded: false } when answer.Complaint.Contains("memory", StringComparison.OrdinalIgnoreCase) => new UnusablePicture("The picture needs more memory to unpack than the paper gives to one. Make it smaller, and send it again."),
            _ when IsTruncated(answer.Complaint) => UnusablePicture.Truncated(),
            _ => UnusablePicture.Damaged(),
        };
    }

    private static bool IsTruncated(string complaint) =>
        complaint.Contains("remature end", StringComparison.Ordinal) || complaint.Contains("truncated", StringComparison.OrdinalIgnoreCase);
}
