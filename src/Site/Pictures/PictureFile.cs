using System.Text;

namespace LondonDefender.Pictures;

/// <param name="Format">jpeg, png, webp, avif, gif or tiff.</param>
/// <param name="End">Where the picture ends in its file.</param>
public sealed record PictureFile(string Format, long End)
{
    private const int Head = 1024;

    /// <summary>What cameras add behind a picture, in their own ways, is less than this.</summary>
    private const int LongestTrailer = 64 * 1024;

    private static readonly Dictionary<string, string> FormatByEnding = new(StringComparer.OrdinalIgnoreCase)
    {
        ["jpg"] = "jpeg",
        ["jpeg"] = "jpeg",
        ["jpe"] = "jpeg",
        ["jfif"] = "jpeg",
        ["png"] = "png",
        ["webp"] = "webp",
        ["avif"] = "avif",
        ["gif"] = "gif",
        ["tif"] = "tiff",
        ["tiff"] = "tiff",
    };

    private static readonly HashSet<string> OtherEndings = new(StringComparer.OrdinalIgnoreCase)
    {
        "svg", "svgz", "pdf", "html", "htm", "xhtml", "xml", "js", "css", "php", "txt", "doc", "docx", "zip", "rar", "7z", "exe",
        "heic", "heif", "bmp", "psd", "ico", "jxl", "jp2", "mp4", "mov", "dng", "nef", "cr2", "cr3", "arw", "raf", "orf", "rw2",
    };

    /// <summary>Signs of other formats, wherever they stand: none comes about by chance in a place as small as those looked at.</summary>
    private static readonly (byte[] Sign, string Name)[] Foreign =
    [
        ("%PDF-"u8.ToArray(), "a PDF"), ("PK\u0003\u0004"u8.ToArray(), "a ZIP archive"), ("PK\u0005\u0006"u8.ToArray(), "a ZIP archive"),
        ("Rar!\u001a"u8.ToArray(), "a RAR archive"), ([0x37, 0x7A, 0xBC, 0xAF, 0x27], "a 7z archive"), ([0x7F, 0x45, 0x4C, 0x46], "a program"),
        ("<html"u8.ToArray(), "a web page"), ("<!doctype html"u8.ToArray(), "a web page"), ("<script"u8.ToArray(), "a script"),
        ("<?php"u8.ToArray(), "a script"), ("<svg"u8.ToArray(), "an SVG drawing"), ("ftyp"u8.ToArray(), "a video clip, as some telephones add it"),
    ];

    /// <summary>What a file is, by its content alone, and that it is whole and nothing else.</summary>
    /// <exception cref="UnusablePicture">It is not a picture the paper takes.</exception>
    public static PictureFile Look(Stream file)
    {
        var head = new byte[Head];
        file.Position = 0;
        Array.Resize(ref head, file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false));
        if (head.Length == 0)
            throw new UnusablePicture("The file is empty.");

        var format = FormatOf(head) ?? throw new UnusablePicture(WhyNoPicture(head));
        RefuseForeign(head.AsSpan(format == "avif" ? 12 : 0), isHead: true);
        var end = format switch
        {
            "jpeg" => JpegFile.End(file, 0),
            "png" => PictureWalks.EndOfPng(file),
            "webp" => PictureWalks.EndOfWebp(file),
            "avif" => PictureWalks.EndOfAvif(file),
            "gif" => PictureWalks.EndOfGif(file),
            _ => PictureWalks.EndOfTiff(file),
        };
        if (end > file.Length)
            throw UnusablePicture.Truncated();

        RefuseWhatFollows(file, format, end);
        return new(format, end);
    }

    /// <summary>A sentence when the file's name says it is something else than it is; a name that says nothing is all right.</summary>
    public string? WhyNotNamed(string fileName)
    {
        var ending = Path.GetExtension(fileName).TrimStart('.');
        var isKnown = FormatByEnding.TryGetValue(ending, out var named);
        return (isKnown && named != Format) || OtherEndings.Contains(ending)
            ? $"The file is named .{ending.ToLowerInvariant()}, but what is in it is {Format.ToUpperInvariant()}. Give it its right name, and send it again."
            : null;
    }

    private static string? FormatOf(ReadOnlySpan<byte> head) => head switch
    {
        [0xFF, 0xD8, 0xFF, ..] => "jpeg",
        [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => "png",
        [(byte)'G', (byte)'I', (byte)'F', (byte)'8', (byte)'7' or (byte)'9', (byte)'a', ..] => "gif",
        [(byte)'I', (byte)'I', 42, 0, ..] or [(byte)'M', (byte)'M', 0, 42, ..] => "tiff",
        _ when head.Length > 12 && head[..4].SequenceEqual("RIFF"u8) && head[8..12].SequenceEqual("WEBP"u8) => "webp",
        _ when BrandsOf(head).Any(brand => brand is "avif" or "avis") => "avif",
        _ => null,
    };

    /// <summary>The major and the compatible brands of a file made of boxes.</summary>
    private static IReadOnlyList<string> BrandsOf(ReadOnlySpan<byte> head)
    {
        if (head.Length < 16 || !head[4..8].SequenceEqual("ftyp"u8))
            return [];

        var length = Math.Min(head.Length, System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(head));
        List<string> brands = [];
        for (var at = 8; at + 4 <= length; at += 4)
        {
            if (at != 12)
                brands.Add(Encoding.Latin1.GetString(head.Slice(at, 4)));
        }

        return brands;
    }

    private static string WhyNoPicture(ReadOnlySpan<byte> head)
    {
        var text = Encoding.Latin1.GetString(head).TrimStart('\u00EF', '\u00BB', '\u00BF', ' ', '\r', '\n', '\t');
        const string Wanted = "Send it as JPEG, PNG, WebP, AVIF, GIF or TIFF.";
        return text switch
        {
            _ when text.Contains("<svg", StringComparison.OrdinalIgnoreCase) => "That is an SVG drawing, which can carry programs. Export it as PNG, and send that.",
            _ when text.Contains("<html", StringComparison.OrdinalIgnoreCase) || text.StartsWith("<!doctype", StringComparison.OrdinalIgnoreCase) => $"That is a web page, not a picture. {Wanted}",
            _ when text.StartsWith("%PDF", StringComparison.Ordinal) => $"That is a PDF. {Wanted}",
            _ when text.StartsWith("PK\u0003\u0004", StringComparison.Ordinal) => "That is a ZIP archive. Unpack it, and send the pictures in it.",
            _ when text.StartsWith("8BPS", StringComparison.Ordinal) => $"That is a Photoshop file. {Wanted}",
            _ when BrandsOf(head).Any(brand => brand is "heic" or "heix" or "mif1" or "msf1") => $"That is a HEIC picture, as some telephones take it. {Wanted}",
            _ when BrandsOf(head).Count > 0 => $"That is a film, not a picture. {Wanted}",
            _ => $"That is not a picture the paper knows. {Wanted}",
        };
    }

    /// <summary>
    /// Behind its end a picture may carry padding, further JPEGs (the previews and light maps of cameras) and a small trailer of a camera's own.
    /// A second format there makes it a file that is two things at once, and is refused.
    /// </summary>
    private static void RefuseWhatFollows(Stream file, string format, long end)
    {
        if (HasZipDirectory(file))
            throw UnusablePicture.WithSomethingElse("a ZIP archive");

        var rest = format == "jpeg" ? JpegFile.EndOfFurther(file, end) : end;
        var length = file.Length - rest;
        if (length <= 0)
            return;

        var trailer = new byte[Math.Min(length, LongestTrailer)];
        file.Position = rest;
        file.ReadExactly(trailer);
        RefuseForeign(trailer, isHead: false);
        if (length > LongestTrailer && (trailer.AsSpan().ContainsAnyExcept((byte)0) || HasContent(file)))
            throw UnusablePicture.WithSomethingElse("a large part behind its end that belongs to no picture");
    }

    private static void RefuseForeign(ReadOnlySpan<byte> part, bool isHead)
    {
        // Letters of either case mean the same to whoever reads HTML.
        var small = new byte[part.Length];
        for (var i = 0; i < part.Length; i++)
            small[i] = part[i] is >= (byte)'A' and <= (byte)'Z' ? (byte)(part[i] | 0x20) : part[i];

        foreach (var (sign, name) in Foreign)
        {
            var isText = sign[0] == '<';
            // A video clip inside a picture's head is an AVIF's own beginning, or words.
            if (isHead && sign.AsSpan().SequenceEqual("ftyp"u8))
                continue;
            if ((isText ? small : part).IndexOf(sign) >= 0)
                throw UnusablePicture.WithSomethingElse(name);
        }
    }

    private static bool HasContent(Stream file)
    {
        var block = new byte[64 * 1024];
        while (file.Read(block) is > 0 and var count)
        {
            if (block.AsSpan(0, count).ContainsAnyExcept((byte)0))
                return true;
        }

        return false;
    }

    /// <summary>An archive is found from its end, whatever stands before it.</summary>
    private static bool HasZipDirectory(Stream file)
    {
        const int Record = 22;
        var tail = new byte[Math.Min(file.Length, Record + ushort.MaxValue)];
        file.Position = file.Length - tail.Length;
        file.ReadExactly(tail);
        for (var at = tail.AsSpan().LastIndexOf("PK\u0005\u0006"u8); at >= 0; at = tail.AsSpan(0, at).LastIndexOf("PK\u0005\u0006"u8))
        {
            if (at + Record <= tail.Length && at + Record + tail[at + 20] + (tail[at + 21] << 8) == tail.Length)
                return true;
        }

        return false;
    }
}
