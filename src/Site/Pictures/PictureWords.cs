using System.Globalization;
using LondonDefender.Copy;
using LondonDefender.Paper;

namespace LondonDefender.Pictures;

/// <summary>What photographer and desk wrote into a file: IPTC, XMP and EXIF, in the order they are to be believed.</summary>
public sealed record PictureWords
{
    public string Caption { get; private init; } = "";
    public string Alt { get; private init; } = "";
    public string Credit { get; private init; } = "";
    public string Rights { get; private init; } = "";
    public DateTimeOffset? TakenAt { get; private init; }

    // What cameras write for a caption when nobody did.
    private static readonly string[] NoCaptions = ["OLYMPUS DIGITAL CAMERA", "SAMSUNG", "SONY DSC", "MINOLTA DIGITAL CAMERA", "KODAK Digital Still Camera", "DCIM", "default", "Untitled"];

    private static readonly string[] Moments =
    [
        "yyyy:MM:dd HH:mm:sszzz", "yyyy:MM:dd HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd",
        "yyyyMMdd HHmmsszzz", "yyyyMMdd HHmmss", "yyyyMMdd",
    ];

    /// <param name="exif">The block as it stands in the file, or empty; so with the others.</param>
    /// <param name="clock">For moments that say no offset: the paper's own photographers set their cameras by it.</param>
    public static PictureWords Read(byte[] exif, byte[] iptc, byte[] xmp, PaperClock clock)
    {
        var camera = ReadExif(exif);
        var desk = IptcFields.Read(iptc);
        var packet = XmpFields.Read(xmp);
        return new()
        {
            Caption = First(desk.Caption, packet.Description, IsNoCaption(camera?.Text(TiffTags.Description)) ? "" : camera?.Text(TiffTags.Description)),
            Alt = First(packet.AltText),
            Credit = CreditOf(First(desk.Byline, packet.Creator, camera?.Text(TiffTags.Artist)), First(desk.Credit, packet.Credit)),
            Rights = First(desk.Copyright, packet.Rights, camera?.Text(TiffTags.Copyright)),
            TakenAt = Moment(camera?.Text(TiffTags.TakenAt) + camera?.Text(TiffTags.TakenOffset), clock)
                ?? Moment(camera?.Text(TiffTags.TakenAt), clock) ?? Moment(packet.DateCreated, clock)
                ?? Moment($"{desk.Date} {desk.Time}", clock) ?? Moment(desk.Date, clock),
        };
    }

    private static TiffTags? ReadExif(byte[] exif)
    {
        var start = exif.AsSpan().StartsWith("Exif\0\0"u8) ? 6 : 0;
        return exif.Length - start < 8 ? null : TiffTags.Read(new MemoryStream(exif, start, exif.Length - start, writable: false));
    }

    private static string CreditOf(string creator, string agency) =>
        creator.Length == 0 || agency.Contains(creator, StringComparison.OrdinalIgnoreCase) ? agency
        : agency.Length == 0 || creator.Contains(agency, StringComparison.OrdinalIgnoreCase) ? creator
        : PlainWords.Cut($"{creator}/{agency}", Picture.LongestWords);

    private static string First(params string?[] candidates) =>
        candidates.Select(words => PlainWords.Cut(PlainWords.OneLine(words), Picture.LongestWords).TrimEnd()).FirstOrDefault(words => words.Length > 0, "");

    private static bool IsNoCaption(string? words) => NoCaptions.Contains(words?.Trim(), StringComparer.OrdinalIgnoreCase);

    private static DateTimeOffset? Moment(string? written, PaperClock clock)
    {
        if (!DateTime.TryParseExact(written?.Trim(), Moments, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out var read) || read.Year is < 1830 or > 9000)
            return null;

        return read.Kind == DateTimeKind.Utc ? new(read) : clock.AtLocal(read).ToUniversalTime();
    }
}
