using System.Text;
using System.Text.Encodings.Web;
using System.Xml.Linq;
using LondonDefender.Copy;
using LondonDefender.Data;
using LondonDefender.Paper;
using LondonDefender.ReadMore;
using LondonDefender.Stories;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Feeds;

/// <summary>RSS 2.0 with the full text of the newest stories; READ MORE lines are links in it, never body text.</summary>
public static class Rss
{
    public const string MediaType = "application/rss+xml";
    private const int Newest = 30;

    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";
    private static readonly XNamespace Content = "http://purl.org/rss/1.0/modules/content/";
    private static readonly XNamespace DublinCore = "http://purl.org/dc/elements/1.1/";

    /// <param name="Address">The page the feed follows, from its first slash.</param>
    public sealed record Channel(string Title, string About, string Address);

    public static async Task<XDocument> OfAsync(
        NewsroomDb db, PaperFrame frame, Channel channel, IQueryable<Story> live, CancellationToken ct)
    {
        var stories = await live.AsNoTracking().NewestFirst().Take(Newest)
            .Include(s => s.Topics).ThenInclude(t => t.Topic)
            .Include(s => s.Bylines.OrderBy(b => b.Position)).ThenInclude(b => b.Writer)
            .AsSplitQuery().ToListAsync(ct);
        int[] ids = [.. stories.Select(s => s.Id)];
        var briefs = await db.Stories.Live(frame.Now).Where(s => ids.Contains(s.Id)).Briefs(db, frame.Now).ToDictionaryAsync(b => b.Id, ct);
        var texts = await db.Revisions.AsNoTracking()
            .Where(r => ids.Contains(r.StoryId) && db.Stories.Any(s => s.Id == r.StoryId && s.PublishedNumber == r.Number))
            .ToDictionaryAsync(r => r.StoryId, r => r.Text, ct);

        var copies = texts.ToDictionary(text => text.Key, text => CopyText.Read(text.Value.Copy, frame.Settings.LabelsInUse));
        var cards = await ReadMoreLinks.CardsForAsync(db, copies, frame.Now, ct);
        // A story that changed between two questions is left to the next asking.
        var items = stories.Where(s => briefs.ContainsKey(s.Id) && texts.ContainsKey(s.Id))
            .Select(s => Item(s, briefs[s.Id], texts[s.Id], copies[s.Id], cards[s.Id], frame)).ToList();

        var feed = channel.Address.TrimEnd('/') + "/rss.xml";
        return new(new XDeclaration("1.0", "utf-8", null), new XElement("rss",
            new XAttribute("version", "2.0"),
            new XAttribute(XNamespace.Xmlns + "atom", Atom),
            new XAttribute(XNamespace.Xmlns + "content", Content),
            new XAttribute(XNamespace.Xmlns + "dc", DublinCore),
            new XElement("channel",
                new XElement("title", channel.Address == "/" ? channel.Title : $"{channel.Title} | {frame.Settings.Name}"),
                new XElement("link", frame.Absolute(channel.Address)),
                new XElement("description", channel.About.Length > 0 ? channel.About : channel.Title),
                new XElement("language", frame.Settings.Language),
                new XElement(Atom + "link", new XAttribute("href", frame.Absolute(feed)), new XAttribute("rel", "self"), new XAttribute("type", MediaType)),
                stories.Count == 0 ? null : new XElement("lastBuildDate", Moment(stories.Max(s => s.UpdatedAt ?? s.PublishAt!.Value))),
                items)));
    }

    private static XElement Item(Story story, StoryBrief brief, StoryText text, CopyText copy, ReadMoreCards cards, PaperFrame frame) =>
        new("item",
            new XElement("title", brief.Headline),
            new XElement("link", frame.Absolute(brief.Address)),
            // The id alone: neither a new headline nor a new address makes an old story new in anybody's reader.
            new XElement("guid", new XAttribute("isPermaLink", "false"), $"{Slugs.From(frame.Settings.Name)}:story:{story.Id}"),
            new XElement("pubDate", Moment(brief.PublishAt)),
            story.Bylines.Select(b => new XElement(DublinCore + "creator", b.Writer!.Name)),
            text.CreditLine.Length > 0 ? new XElement(DublinCore + "creator", text.CreditLine) : null,
            new XElement("category", brief.SectionName),
            story.Topics.Select(t => new XElement("category", t.Topic!.Name)),
            new XElement("description", brief.Standfirst.Length > 0 ? brief.Standfirst : copy.Excerpt(300)),
            new XElement(Content + "encoded", FullText(copy, cards, frame)));

    private static string FullText(CopyText copy, ReadMoreCards cards, PaperFrame frame)
    {
        var html = new StringBuilder();
        Append(html, copy.Pieces(cards.Shows, id => cards.AddressOf(id) is { } address ? frame.Absolute(address) : null), cards, frame);
        return html.ToString();
    }

    private static void Append(StringBuilder html, IReadOnlyList<CopyPiece> pieces, ReadMoreCards cards, PaperFrame frame)
    {
        foreach (var piece in pieces)
        {
            switch (piece)
            {
                case CopyPiece.Prose prose:
                    html.Append(prose.Html);
                    break;
                case CopyPiece.ReadMore block:
                    html.Append("<p>").Append(Encode(block.Label)).Append(": ").AppendJoin(" · ", cards.For(block).Select(offer => Link(offer, frame))).Append("</p>");
                    break;
                case CopyPiece.Entry entry:
                    var moment = frame.Clock.AtLocal(entry.Day.ToDateTime(entry.Time));
                    html.Append("<h2>").Append(Encode($"{frame.Clock.DateAndTime(moment)} {entry.Headline}".TrimEnd())).Append("</h2>");
                    Append(html, entry.Pieces, cards, frame);
                    break;
            }
        }
    }

    private static string Link(ReadMoreOffer offer, PaperFrame frame) =>
        $"<a href=\"{Encode(offer.Story is null ? offer.Address : frame.Absolute(offer.Address))}\">{Encode(offer.Wording)}</a>";

    private static string Encode(string text) => HtmlEncoder.Default.Encode(text);

    private static string Moment(DateTimeOffset moment) => moment.ToUniversalTime().ToString("R", System.Globalization.CultureInfo.InvariantCulture);
}
