namespace LondonDefender.Archive;

/// <summary>A word the paper has used in a headline, a standfirst or a byline, folded; what a mistyped one may have meant.</summary>
public sealed class SearchWord
{
    public required string Word { get; init; }

    /// <summary>In how many stories it stood when they were published.</summary>
    public int Stories { get; private set; }

    /// <summary>The word, and the word without each of its letters: two words that share one of these are a slip apart.</summary>
    public string[] Near { get; private set; } = [];
}
