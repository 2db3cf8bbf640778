using LondonDefender.Copy;
using LondonDefender.Data;
using LondonDefender.Paper;
using LondonDefender.Pictures;
using LondonDefender.ReadMore;
using LondonDefender.Sections;
using LondonDefender.Stories;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Feeds;

/// <summary>A live story with everything that travels with it.</summary>
public sealed record StoryInFull(Story Story, StoryBrief Brief, Revision Revision, CopyText Copy, ReadMoreCards Cards, IReadOnlyDictionary<int, ShownPicture> Pictures)
{
    private const int LongestSummary = 300;

    /// <param name="live">Those wanted, in their order.</param>
    public static async Task<IReadOnlyList<StoryInFull>> FindAsync(NewsroomDb db, PaperFrame frame, IQueryable<Story> live, CancellationToken ct)
    {
        var stories = await live.AsNoTracking()
            .Include(s => s.Topics).ThenInclude(t => t.Topic)
            .Include(s => s.Bylines.OrderBy(b => b.Position)).ThenInclude(b => b.Writer)
            .AsSplitQuery().ToListAsync(ct);
        int[] ids = [.. stories.Select(s => s.Id)];
        var briefs = await db.Stories.Live(frame.Now).Where(s => ids.Contains(s.Id)).Briefs(db, frame.Now).ToDictionaryAsync(b => b.Id, ct);
        var revisions = await db.Revisions.AsNoTracking()
            .Where(r => ids.Contains(r.StoryId) && db.Stories.Any(s => s.Id == r.StoryId && s.PublishedNumber == r.Number))
            .ToDictionaryAsync(r => r.StoryId, ct);

        var copies = revisions.ToDictionary(revision => revision.Key, revision => CopyText.Read(revision.Value.Text.Copy, frame.Settings.LabelsInUse));
        var cards = await ReadMoreLinks.CardsForAsync(db, copies, frame.Now, ct);
        var pictures = await db.ShownAsync([.. copies.Values.SelectMany(copy => copy.Pictures).Select(picture => picture.PictureId).Distinct()], frame.Now, ct);
        // A story that changed between two questions is left to the next asking.
        return [.. stories.Where(s => briefs.ContainsKey(s.Id) && revisions.ContainsKey(s.Id))
            .Select(s => new StoryInFull(s, briefs[s.Id], revisions[s.Id], copies[s.Id], cards[s.Id], pictures))];
    }

    /// <summary>The story's address for programs, which the id alone makes: it never changes.</summary>
    public static string IdOf(int storyId, PaperFrame frame) => frame.Absolute(string.Create(null, $"/api/stories/{storyId}"));

    public StoryText Text => Revision.Text;

    public string Summary => Brief.Standfirst.Length > 0 ? Brief.Standfirst : Copy.Excerpt(LongestSummary);

    public string Html(PaperFrame frame) => FullText.Of(Copy, Cards, Pictures, frame, frame.Absolute(Brief.Address));

    public IEnumerable<FeedAuthor> Authors(PaperFrame frame) =>
    [
        .. Story.Bylines.Select(b => new FeedAuthor(b.Writer!.Name, frame.Absolute($"/by/{b.Writer.Slug}"))),
        .. Text.CreditLine.Length > 0 ? new[] { new FeedAuthor(Text.CreditLine, null) } : [],
    ];

    /// <summary>In the order the editor gave them.</summary>
    public IEnumerable<Topic> Topics => Story.Topics.OrderBy(t => Array.IndexOf(Text.TopicIds, t.TopicId)).Select(t => t.Topic!);

    /// <summary>What the READ MORE lines offer, each target once.</summary>
    public IEnumerable<ReadMoreOffer> Offers =>
        Copy.Blocks.SelectMany(block => block.Lines).Select(Cards.For).OfType<ReadMoreOffer>().DistinctBy(offer => offer.Address);

    public FeedItem AsFeedItem(PaperFrame frame) => new()
    {
        Id = IdOf(Story.Id, frame),
        Guid = string.Create(null, $"{Slugs.From(frame.Settings.Name)}:story:{Story.Id}"),
        Title = Brief.Headline,
        Address = frame.Absolute(Brief.Address),
        Summary = Summary,
        Html = Html(frame),
        PublishedAt = Brief.PublishAt,
        UpdatedAt = Brief.UpdatedAt,
        Authors = [.. Authors(frame)],
        Categories = [Brief.SectionName, .. Topics.Select(topic => topic.Name)],
        ReadMore = [.. Offers.Select(offer => new FeedLink(offer.Wording, WholeAddress(offer, frame)))],
        Picture = Picture(frame),
    };

    public static string WholeAddress(ReadMoreOffer offer, PaperFrame frame) =>
        offer.Story is null ? offer.Address : frame.Absolute(offer.Address);

    /// <summary>The main picture, uncut and in the widest file there is of it.</summary>
    public FeedPicture? Picture(PaperFrame frame)
    {
        if (Brief.Picture is not { } picture)
            return null;

        var width = picture.WidthsOf(PictureCrop.Whole)[^1];
        var address = frame.Absolute(picture.Address(PictureCrop.Whole, width, "jpg"));
        return new(address, "image/jpeg", width, picture.HeightOf(PictureCrop.Whole, width), picture.Credit, picture.Alt);
    }
}
