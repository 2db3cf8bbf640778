using LondonDefender.Copy;

namespace LondonDefender.Stories;

/// <summary>Something that two people have changed, each otherwise; an editor chooses.</summary>
/// <param name="Field">As the editing page calls it.</param>
/// <param name="Values">What the fields say when theirs is taken; null where a paragraph is in dispute.</param>
public sealed record StoryDispute(string Field, string Theirs, string Mine, IReadOnlyDictionary<string, object?>? Values = null, ParagraphDispute? Paragraph = null);

/// <summary>What became of two people's changes to one text: the copy by paragraph, every other field whole, lists by what is in them.</summary>
/// <param name="Was">What both went out from, as far as anybody knows.</param>
/// <param name="Text">Both changes; where they are in dispute, mine.</param>
public sealed record StoryMerge(StoryText Was, StoryText Theirs, StoryText Text, MergedCopy Copy, MergedCopy Backstory, IReadOnlyList<StoryDispute> Disputes)
{
    /// <summary>Whether there was anything of mine to be merged.</summary>
    public bool IsOfBoth => !Text.SaysTheSameAs(Theirs);

    /// <param name="was">Null where nobody knows it any more.</param>
    public static StoryMerge Of(StoryText? was, StoryText theirs, StoryText mine) => new Merging(was, theirs, mine).Run();

    private sealed class Merging(StoryText? known, StoryText theirs, StoryText mine)
    {
        private readonly List<StoryDispute> disputes = [];
        private readonly StoryText was = known ?? InBoth(theirs, mine);

        public StoryMerge Run()
        {
            var copy = Paragraphs("copy", known?.Copy, theirs.Copy, mine.Copy);
            var backstory = Paragraphs("backstory", known?.Backstory, theirs.Backstory, mine.Backstory);
            var text = WithPicture(mine with
            {
                Kind = Whole("kind", t => t.Kind),
                Headline = Whole("headline", t => t.Headline),
                FrontHeadline = Whole("frontHeadline", t => t.FrontHeadline),
                SearchHeadline = Whole("searchHeadline", t => t.SearchHeadline),
                ShareHeadline = Whole("shareHeadline", t => t.ShareHeadline),
                Standfirst = Whole("standfirst", t => t.Standfirst),
                Kicker = Whole("kicker", t => t.Kicker),
                Slug = Whole("slug", t => t.Slug),
                Dateline = Whole("dateline", t => t.Dateline),
                CreditLine = Whole("creditLine", t => t.CreditLine),
                SectionId = Whole("sectionId", t => t.SectionId),
                Copy = copy.Text,
                Backstory = backstory.Text,
                TopicIds = List(t => t.TopicIds),
                WriterIds = List(t => t.WriterIds),
                RelatedIds = List(t => t.RelatedIds),
            });
            return new(was, theirs, text, copy, backstory, disputes);
        }

        private T Whole<T>(string field, Func<StoryText, T> of)
        {
            var (old, their, my) = (of(was), of(theirs), of(mine));
            var same = EqualityComparer<T>.Default;
            if (same.Equals(their, my) || same.Equals(old, their))
                return my;
            if (same.Equals(old, my))
                return their;

            disputes.Add(new(field, $"{their}", $"{my}", new Dictionary<string, object?> { [field] = their is Enum ? $"{their}" : their }));
            return my;
        }

        /// <summary>A picture's words belong to it: where somebody chose another, picture and words are one thing.</summary>
        private StoryText WithPicture(StoryText text)
        {
            if (was.PictureId == theirs.PictureId && was.PictureId == mine.PictureId)
                return text with { PictureAlt = Whole("pictureAlt", t => t.PictureAlt), PictureCaption = Whole("pictureCaption", t => t.PictureCaption) };

            var (old, their, my) = (Picture(was), Picture(theirs), Picture(mine));
            if (old == my && their != my)
                return text with { PictureId = their.Id, PictureAlt = their.Alt, PictureCaption = their.Caption };
            if (old != their && their != my)
            {
                disputes.Add(new("pictureId", InWords(their), InWords(my), new Dictionary<string, object?>
                {
                    ["pictureId"] = their.Id,
                    ["pictureAlt"] = their.Alt,
                    ["pictureCaption"] = their.Caption,
                }));
            }

            return text;
        }

        private static (int? Id, string Alt, string Caption) Picture(StoryText text) => (text.PictureId, text.PictureAlt, text.PictureCaption);

        private static string InWords((int? Id, string Alt, string Caption) picture) =>
            picture.Id is null ? "" : string.Join(" ", new[] { $"Picture {picture.Id}:", picture.Alt, picture.Caption }.Where(words => words.Length > 0));

        /// <summary>What either has added is in it, what either has taken out is not; in the order of whoever changed the order.</summary>
        private int[] List(Func<StoryText, int[]> of)
        {
            var (old, their, my) = (of(was), of(theirs), of(mine));
            if (old.SequenceEqual(my))
                return their;

            var kept = my.Where(id => their.Contains(id) || !old.Contains(id));
            return [.. kept, .. their.Where(id => !my.Contains(id) && !old.Contains(id))];
        }

        private MergedCopy Paragraphs(string field, string? old, string their, string my)
        {
            var merged = ParagraphMerge.Merge(old, their, my);
            disputes.AddRange(merged.Disputes.Select(dispute => new StoryDispute(field, dispute.Theirs, dispute.Mine, Paragraph: dispute)));
            return merged;
        }

        /// <summary>For a text that nobody knows any more: fields that differ are then in dispute, and nothing counts as taken out of a list.</summary>
        private static StoryText InBoth(StoryText theirs, StoryText mine) => mine with
        {
            Kind = theirs.Kind,
            Headline = Same(theirs.Headline, mine.Headline),
            FrontHeadline = Same(theirs.FrontHeadline, mine.FrontHeadline),
            SearchHeadline = Same(theirs.SearchHeadline, mine.SearchHeadline),
            ShareHeadline = Same(theirs.ShareHeadline, mine.ShareHeadline),
            Standfirst = Same(theirs.Standfirst, mine.Standfirst),
            Kicker = Same(theirs.Kicker, mine.Kicker),
            Slug = Same(theirs.Slug, mine.Slug),
            Dateline = Same(theirs.Dateline, mine.Dateline),
            CreditLine = Same(theirs.CreditLine, mine.CreditLine),
            SectionId = theirs.SectionId == mine.SectionId ? mine.SectionId : null,
            PictureId = theirs.PictureId == mine.PictureId ? mine.PictureId : null,
            PictureAlt = Same(theirs.PictureAlt, mine.PictureAlt),
            PictureCaption = Same(theirs.PictureCaption, mine.PictureCaption),
            Copy = ParagraphMerge.InBoth(theirs.Copy, mine.Copy),
            Backstory = ParagraphMerge.InBoth(theirs.Backstory, mine.Backstory),
            TopicIds = [.. mine.TopicIds.Where(theirs.TopicIds.Contains)],
            WriterIds = [.. mine.WriterIds.Where(theirs.WriterIds.Contains)],
            RelatedIds = [.. mine.RelatedIds.Where(theirs.RelatedIds.Contains)],
        };

        // Empty counts as never written: who wrote something wins over who wrote nothing.
        private static string Same(string theirs, string mine) => theirs == mine ? mine : "";
    }
}
