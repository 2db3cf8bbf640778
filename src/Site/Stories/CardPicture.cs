namespace LondonDefender.Stories;

/// <summary>How a story's picture stands in its card. On a phone every one but the lead's is a thumbnail beside the words.</summary>
public enum CardPicture
{
    None,
    Thumbnail,
    Above,
    AboveTwoColumns,
    Lead,
    AcrossThePage,
}
