namespace LondonDefender.Stories.Revisions;

/// <summary>A part of a story's text that can be told apart from the others, and put back by itself.</summary>
/// <param name="Name">As the editing page calls it.</param>
/// <param name="InWords">What it says, for an editor.</param>
/// <param name="PutBack">The first text with this part as the second has it.</param>
public sealed record RevisionPart(string Key, string Name, Func<StoryText, NamesInTexts, string> InWords, Func<StoryText, StoryText, StoryText> PutBack)
{
    public const string CopyKey = "copy";

    public static readonly IReadOnlyList<RevisionPart> All =
    [
        new("headline", "Headline", (text, _) => text.Headline, (now, then) => now with { Headline = then.Headline }),
        new("standfirst", "Standfirst", (text, _) => text.Standfirst, (now, then) => now with { Standfirst = then.Standfirst }),
        new("section", "Section", (text, names) => names.Section(text.SectionId), (now, then) => now with { SectionId = then.SectionId }),
        new("kind", "Kind", (text, _) => $"{text.Kind}", (now, then) => now with { Kind = then.Kind }),
        new("kicker", "Kicker", (text, _) => text.Kicker, (now, then) => now with { Kicker = then.Kicker }),
        new("dateline", "Dateline", (text, _) => text.Dateline, (now, then) => now with { Dateline = then.Dateline }),
        new("byline", "Byline", BylineOf, (now, then) => now with { WriterIds = then.WriterIds, CreditLine = then.CreditLine }),
        new("topics", "Topics", (text, names) => names.Topics(text.TopicIds), (now, then) => now with { TopicIds = then.TopicIds }),
        new("picture", "Main picture", PictureOf,
            (now, then) => now with { PictureId = then.PictureId, PictureAlt = then.PictureAlt, PictureCaption = then.PictureCaption }),
        new(CopyKey, "Copy", (text, names) => names.InWords(text.Copy), (now, then) => now with { Copy = then.Copy }),
        new("backstory", "How we did this", (text, _) => text.Backstory, (now, then) => now with { Backstory = then.Backstory }),
        new("front-headline", "Headline on fronts and cards", (text, _) => text.FrontHeadline, (now, then) => now with { FrontHeadline = then.FrontHeadline }),
        new("search-headline", "Headline for search engines", (text, _) => text.SearchHeadline, (now, then) => now with { SearchHeadline = then.SearchHeadline }),
        new("share-headline", "Headline where the story is shared", (text, _) => text.ShareHeadline, (now, then) => now with { ShareHeadline = then.ShareHeadline }),
        new("slug", "Words in the address", (text, _) => text.Slug, (now, then) => now with { Slug = then.Slug }),
        new("related", "Related stories", (text, names) => names.Stories(text.RelatedIds), (now, then) => now with { RelatedIds = then.RelatedIds }),
    ];

    private static string BylineOf(StoryText text, NamesInTexts names) => Together(", ", names.Writers(text.WriterIds), text.CreditLine);

    private static string PictureOf(StoryText text, NamesInTexts names) => Together("\n",
        names.Picture(text.PictureId), text.PictureAlt.Length > 0 ? $"It shows: {text.PictureAlt}" : "", text.PictureCaption.Length > 0 ? $"Caption: {text.PictureCaption}" : "");

    private static string Together(string between, params string[] words) => string.Join(between, words.Where(some => some.Length > 0));
}
