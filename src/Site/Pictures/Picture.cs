using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace LondonDefender.Pictures;

/// <summary>A photographer's file, kept once however often it is sent in, with what belongs to it in every use.</summary>
public sealed class Picture
{
    public const int LongestWords = 1_000;

    public int Id { get; private set; }

    /// <summary>SHA-256 of the file as it came in, as small hexadecimal digits: the same file twice is one picture.</summary>
    public required string FileHash
    {
        get;
        init
        {
            field = value;
            AddressHash = HashOf(value, FocusX, FocusY);
        }
    }

    public required string FileName { get; init; }

    /// <summary>As found in the file itself, whatever its name says: jpeg, png, webp, avif, gif or tiff.</summary>
    public required string Format { get; init; }

    /// <summary>In pixels, upright: as readers see it after the camera's orientation is applied.</summary>
    public required int Width { get; init; }
    public required int Height { get; init; }

    public required long Bytes { get; init; }

    /// <summary>#rrggbb: what stands in its place until it comes.</summary>
    public required string Colour { get; init; }

    /// <summary>Proposed for each use; the use keeps its own.</summary>
    public string Caption { get; set; } = "";
    public string Alt { get; set; } = "";

    public string Credit { get; set; } = "";
    public string Rights { get; set; } = "";

    /// <summary>From this moment on no page shows it.</summary>
    public DateTimeOffset? RightsUntil { get; set; }

    public DateTimeOffset? TakenAt { get; set; }
    public DateTimeOffset UploadedAt { get; init; }
    public int? UploadedById { get; init; }

    /// <summary>The point every crop keeps, in fractions of width and height from the top left corner.</summary>
    public float FocusX { get; private set; } = 0.5f;
    public float FocusY { get; private set; } = 0.5f;

    /// <summary>What its addresses begin with. Content and focal point make it, so what is behind an address never changes.</summary>
    public string AddressHash { get; private set; } = "";

    /// <summary>What lies outside the picture is moved to its edge. Addresses change with it, so that nobody keeps a cut of the old one.</summary>
    public void FocusOn(float x, float y)
    {
        FocusX = Fraction(x);
        FocusY = Fraction(y);
        AddressHash = HashOf(FileHash, FocusX, FocusY);
    }

    /// <summary>What the newsroom calls it, as long as it has no better words.</summary>
    public string InAFewWords() => Caption.Length > 0 ? Caption : Alt.Length > 0 ? Alt : FileName;

    // Four digits are finer than a pixel of anything shown; a click and its echo from a form must mean the same point.
    private static float Fraction(float value) => float.IsFinite(value) ? MathF.Round(Math.Clamp(value, 0, 1), 4) : 0.5f;

    private static string HashOf(string fileHash, float x, float y)
    {
        var content = string.Create(CultureInfo.InvariantCulture, $"{fileHash} {x:0.0000} {y:0.0000}");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(content)))[..24];
    }
}
