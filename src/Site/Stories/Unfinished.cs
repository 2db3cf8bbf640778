using System.Text.RegularExpressions;
using LondonDefender.Copy;
using LondonDefender.Pictures;

namespace LondonDefender.Stories;

/// <summary>
/// The marks by which writers say that something is not done: TK for what is still to come, and [LEGAL: …] for what the lawyer is asked.
/// None of them may reach readers.
/// </summary>
public static partial class Unfinished
{
    private const int WordsAround = 24;

    /// <summary>What an editor is asked for before publishing, pictures included. An import is not: it takes a story as it stood elsewhere.</summary>
    public static IReadOnlyList<Missing> WhatIsAskedFor(StoryText text, CopyText copy) => [.. In(text), .. PictureAdvice.WhatIsAskedFor(text, copy)];

    public static IReadOnlyList<Missing> In(StoryText text) => [.. MarksIn(text).Select(mark => mark.Missing)];

    /// <summary>Each, and where in its field it stands.</summary>
    public static IEnumerable<(Missing Missing, int From, int To)> MarksIn(StoryText text) => Fields(text)
        .SelectMany(field => Marks().Matches(field.Words).Select(mark => (Tell(field.Id, field.Words, mark), mark.Index, mark.Index + mark.Length)));

    // By the ids that the editing page has for them.
    private static IEnumerable<(string Id, string Words)> Fields(StoryText text) =>
    [
        ("headline", text.Headline), ("standfirst", text.Standfirst), ("kicker", text.Kicker), ("front-headline", text.FrontHeadline), ("search-headline", text.SearchHeadline),
        ("share-headline", text.ShareHeadline), ("picture-alt", text.PictureAlt), ("picture-caption", text.PictureCaption), ("copy", text.Copy), ("backstory", text.Backstory),
    ];

    private static Missing Tell(string field, string words, Match mark)
    {
        var from = Math.Max(0, mark.Index - WordsAround);
        var to = Math.Min(words.Length, mark.Index + mark.Length + WordsAround);
        var around = words[from..to].ReplaceLineEndings(" ").Trim();
        var quoted = $"“{(from > 0 ? "…" : "")}{around}{(to < words.Length ? "…" : "")}”";
        return mark.Value.StartsWith('[')
            ? new(field, $"A question to the lawyer is still open: {quoted} Take the bracket out once it is answered.")
            : new(field, $"Something is still to come: {quoted}");
    }

    [GeneratedRegex(@"(?<![\p{L}\p{N}])(?:TK){1,4}(?![\p{L}\p{N}])|\[(?:LEGAL\b|(?i:legal)[ \t]*:)[^\]]*\]")]
    private static partial Regex Marks();
}
