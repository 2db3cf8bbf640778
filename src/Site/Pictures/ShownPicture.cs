namespace LondonDefender.Pictures;

/// <summary>A picture as one page shows it: the file's facts, and the words of this use.</summary>
public sealed record ShownPicture
{
    /// <summary>Widths that renditions are made in; nothing is ever made wider than its picture is.</summary>
    public static readonly IReadOnlyList<int> Widths = [160, 320, 480, 640, 960, 1280, 1920];

    public const string ForReaders = "/pictures";

    /// <summary>Where the newsroom sees pictures, those that no reader may see yet among them.</summary>
    public const string ForTheDesk = "/desk/pictures";

    public required int Id { get; init; }

    public string Base { get; init; } = ForReaders;
    public required string AddressHash { get; init; }
    public required int Width { get; init; }
    public required int Height { get; init; }
    public required string Colour { get; init; }
    public required string Credit { get; init; }
    public string Alt { get; init; } = "";
    public string Caption { get; init; } = "";

    /// <summary>With the words kept on the picture itself.</summary>
    public static ShownPicture Of(Picture picture) => new()
    {
        Id = picture.Id,
        AddressHash = picture.AddressHash,
        Width = picture.Width,
        Height = picture.Height,
        Colour = picture.Colour,
        Credit = picture.Credit,
        Alt = picture.Alt,
        Caption = picture.Caption,
    };

    /// <summary>Whatever its rights say: the newsroom sees all it has.</summary>
    public static ShownPicture OnTheDesk(Picture picture) => Of(picture) with { Base = ForTheDesk };

    /// <summary>The widest cut of that shape that the picture can give, in pixels.</summary>
    public int WidestOf(PictureCrop crop) =>
        crop.Ratio() is { } ratio ? Math.Min(Width, (int)Math.Round(Height * ratio)) : Width;

    public int HeightOf(PictureCrop crop, int width) =>
        Math.Max(1, (int)Math.Round(crop.Ratio() is { } ratio ? width / ratio : (double)width * Height / Width));

    /// <summary>Those of the widths that this picture can fill; a small one comes in its own width alone.</summary>
    public IReadOnlyList<int> WidthsOf(PictureCrop crop)
    {
        var widest = WidestOf(crop);
        int[] possible = [.. Widths.Where(width => width <= widest)];
        return possible.Length > 0 ? possible : [Widths[0]];
    }

    public string Address(PictureCrop crop, int width, string format) => crop == PictureCrop.Whole
        ? string.Create(null, $"{Base}/{AddressHash}/{width}.{format}")
        : string.Create(null, $"{Base}/{AddressHash}/{crop.Word()}/{width}.{format}");
}
