using System.Globalization;

namespace LondonDefender.Pictures;

/// <summary>One of the shapes, widths and formats a picture is given out in; what is not one of them has no address.</summary>
public sealed record Rendition(PictureCrop Crop, int Width, string Format)
{
    public const int ShareWidth = 1200, ShareHeight = 630;

    private static readonly Dictionary<string, string> MediaTypes = new(StringComparer.Ordinal)
    {
        ["avif"] = "image/avif",
        ["webp"] = "image/webp",
        ["jpg"] = "image/jpeg",
    };

    public string MediaType => MediaTypes[Format];

    public string Key(string addressHash) => string.Create(null, $"{Folder(addressHash)}{(Crop == PictureCrop.Whole ? "whole" : Crop.Word())}-{Width}.{Format}");

    /// <summary>What the keys of all renditions behind one address begin with.</summary>
    public static string Folder(string addressHash) => $"renditions/{addressHash[..2]}/{addressHash}/";

    /// <param name="crop">The segment of the address before the last; empty where there is none.</param>
    /// <param name="file">The last segment, such as 640.webp.</param>
    public static Rendition? Read(ShownPicture picture, string crop, string file)
    {
        var (width, format) = file.Split('.') is [var number, var ending] && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var read) ? (read, ending) : (0, "");
        if (!MediaTypes.ContainsKey(format) || $"{width}.{format}" != file || PictureCrops.Read(crop) is not { } shape)
            return null;

        var isOffered = shape == PictureCrop.Share ? width == ShareWidth && format == "jpg" : picture.WidthsOf(shape).Contains(width);
        return isOffered ? new(shape, width, format) : null;
    }
}

/// <summary>What is done with a print to get a rendition: shrink all of it to that size, then cut there.</summary>
internal readonly record struct Cut(int FullWidth, int FullHeight, int Left, int Top, int Width, int Height)
{
    public bool IsWhole => (Width, Height) == (FullWidth, FullHeight);

    public static Cut Of(Picture picture, Rendition wanted)
    {
        var shown = ShownPicture.Of(picture);
        // Nothing is made larger than it is, but for those who want one size or none.
        var width = wanted.Crop == PictureCrop.Share ? wanted.Width : Math.Min(wanted.Width, shown.WidestOf(wanted.Crop));
        var height = wanted.Crop == PictureCrop.Share ? Rendition.ShareHeight : shown.HeightOf(wanted.Crop, width);
        var scale = Math.Max((double)width / picture.Width, (double)height / picture.Height);
        var fullWidth = Math.Max(width, (int)Math.Round(picture.Width * scale));
        var fullHeight = Math.Max(height, (int)Math.Round(picture.Height * scale));
        return new(fullWidth, fullHeight, Begin(picture.FocusX, fullWidth, width), Begin(picture.FocusY, fullHeight, height), width, height);
    }

    /// <summary>The focal point in the middle, or as near to it as the edge allows.</summary>
    private static int Begin(float focus, int full, int part) => Math.Clamp((int)Math.Round((focus * full) - (part / 2.0)), 0, full - part);
}
