namespace LondonDefender.Pictures;

/// <summary>The shapes pages cut pictures to. Each keeps the focal point.</summary>
public enum PictureCrop
{
    /// <summary>Uncut, as the photographer made it.</summary>
    Whole,

    /// <summary>16:9, on cards.</summary>
    Card,

    /// <summary>4:3.</summary>
    Classic,

    /// <summary>1:1, for portraits and lists.</summary>
    Square,

    /// <summary>2:1, across the page under the masthead.</summary>
    Wide,

    /// <summary>1200×630, for those who show a link to the story elsewhere.</summary>
    Share,
}

public static class PictureCrops
{
    /// <summary>The crop's segment in an address; empty for the whole picture.</summary>
    public static string Word(this PictureCrop crop) => crop switch
    {
        PictureCrop.Card => "16x9",
        PictureCrop.Classic => "4x3",
        PictureCrop.Square => "1x1",
        PictureCrop.Wide => "2x1",
        PictureCrop.Share => "share",
        _ => "",
    };

    public static PictureCrop? Read(string word) =>
        Enum.GetValues<PictureCrop>().Where(crop => crop.Word() == word).Cast<PictureCrop?>().FirstOrDefault();

    /// <summary>Width over height; null for the whole picture, which keeps its own.</summary>
    public static double? Ratio(this PictureCrop crop) => crop switch
    {
        PictureCrop.Card => 16.0 / 9,
        PictureCrop.Classic => 4.0 / 3,
        PictureCrop.Square => 1,
        PictureCrop.Wide => 2,
        PictureCrop.Share => 1200.0 / 630,
        _ => null,
    };
}
