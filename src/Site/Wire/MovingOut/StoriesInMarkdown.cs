using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using LondonDefender.Data;
using LondonDefender.Stories;
using Npgsql;

namespace LondonDefender.Wire.MovingOut;

/// <summary>
/// Each story as a file that anybody can read, and most programs: Markdown under front matter, in the words that `import` takes. The text is the
/// one readers have, or the newest where they have none.
/// </summary>
internal static class StoriesInMarkdown
{
    private const string Asked = """
        SELECT s.id, s.published_number, s.publish_at, s.updated_at, s.withdrawn_at, r.kind, r.headline, r.front_headline, r.search_headline, r.share_headline,
            r.standfirst, r.kicker, r.slug, r.dateline, r.credit_line, r.backstory, r.copy, r.picture_alt, r.picture_caption, section.slug,
            ARRAY(SELECT name FROM unnest(r.writer_ids) WITH ORDINALITY AS named (id, place) JOIN writers USING (id) ORDER BY place),
            ARRAY(SELECT name FROM unnest(r.topic_ids) WITH ORDINALITY AS named (id, place) JOIN topics USING (id) ORDER BY place),
            ARRAY(SELECT others.headline FROM unnest(r.related_ids) WITH ORDINALITY AS named (id, place) JOIN stories other ON other.id = named.id
                JOIN revisions others ON others.story_id = other.id AND others.number = coalesce(other.published_number, other.revision_number) ORDER BY place),
            picture.id, picture.file_name, picture.format, picture.credit,
            ARRAY(SELECT to_char(published_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') || ' ' || lower(kind) || ': ' || words FROM corrections WHERE story_id = s.id ORDER BY published_at, id)
        FROM stories s JOIN revisions r ON r.story_id = s.id AND r.number = coalesce(s.published_number, s.revision_number)
            LEFT JOIN sections section ON section.id = r.section_id LEFT JOIN pictures picture ON picture.id = r.picture_id
        ORDER BY s.id
        """;

    public static async Task<int> WriteAsync(ZipWriter zip, WholeTables database, DateTimeOffset now, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(Asked, database.Connection);
        await using var rows = await command.ExecuteReaderAsync(ct);
        var count = 0;
        while (await rows.ReadAsync(ct))
        {
            var story = Read(new Row(rows), now);
            await zip.AddAsync(story.FileName, story.AsMarkdown(), ct);
            count++;
        }

        return count;
    }

    private static FiledStory Read(Row row, DateTimeOffset now)
    {
        var (id, published, publishAt, updatedAt, withdrawnAt) = (row.Number(), row.NumberOrNull(), row.MomentOrNull(), row.MomentOrNull(), row.MomentOrNull());
        return new(id, StoryStates.Of(published, publishAt, withdrawnAt, now), publishAt, updatedAt)
        {
            Text = new()
            {
                Kind = row.Word<StoryKind>(),
                Headline = row.Text(),
                FrontHeadline = row.Text(),
                SearchHeadline = row.Text(),
                ShareHeadline = row.Text(),
                Standfirst = row.Text(),
                Kicker = row.Text(),
                Slug = row.Text(),
                Dateline = row.Text(),
                CreditLine = row.Text(),
                Backstory = row.Text(),
                Copy = row.Text(),
                PictureAlt = row.Text(),
                PictureCaption = row.Text(),
            },
            Section = row.TextOrNull() ?? "",
            By = row.List<string>(),
            Topics = row.List<string>(),
            Related = row.List<string>(),
            PictureId = row.NumberOrNull(),
            PictureName = row.TextOrNull() ?? "",
            PictureFormat = row.TextOrNull() ?? "",
            PictureCredit = row.TextOrNull() ?? "",
            Corrections = row.List<string>(),
        };
    }

    private sealed record FiledStory(int Id, StoryState State, DateTimeOffset? PublishAt, DateTimeOffset? UpdatedAt)
    {
        // As JSON writes words, YAML reads them.
        private static readonly JsonSerializerOptions Words = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

        public required StoryText Text { get; init; }
        public required string Section { get; init; }
        public required string[] By { get; init; }
        public required string[] Topics { get; init; }
        public required string[] Related { get; init; }
        public required int? PictureId { get; init; }
        public required string PictureName { get; init; }
        public required string PictureFormat { get; init; }
        public required string PictureCredit { get; init; }
        public required string[] Corrections { get; init; }

        public string FileName => string.Create(CultureInfo.InvariantCulture, $"stories/{Folder}/{Id}-{Text.AddressSlug}.md");

        private string Folder => PublishAt is { } at ? at.UtcDateTime.ToString("yyyy/MM", CultureInfo.InvariantCulture) : "drafts";

        public string AsMarkdown()
        {
            var file = new StringBuilder("---\n");
            foreach (var (name, value) in Fields().Where(field => field.Value.Length > 0))
                file.Append(name).Append(": ").Append(value).Append('\n');
            return file.Append("---\n\n").Append(Text.Copy).Append(Text.Copy.EndsWith('\n') ? "" : "\n").ToString();
        }

        private IEnumerable<(string Name, string Value)> Fields() =>
        [
            ("id", Id.ToString(CultureInfo.InvariantCulture)),
            ("state", State == StoryState.Due ? "scheduled" : State.ToString().ToLowerInvariant()),
            ("published", Moment(PublishAt)),
            ("updated", Moment(UpdatedAt)),
            ("kind", Text.Kind.ToString().ToLowerInvariant()),
            ("section", Section),
            ("slug", Text.AddressSlug),
            ("headline", Said(Text.Headline)),
            ("front_headline", Said(Text.FrontHeadline)),
            ("search_headline", Said(Text.SearchHeadline)),
            ("share_headline", Said(Text.ShareHeadline)),
            ("standfirst", Said(Text.Standfirst)),
            ("kicker", Said(Text.Kicker)),
            ("dateline", Said(Text.Dateline)),
            ("by", Said(By)),
            ("credit", Said(Text.CreditLine)),
            ("topics", Said(Topics)),
            ("related", Said(Related)),
            ("picture", PictureId is { } picture ? Said(WayUp + PictureFiles.FileOf(picture, PictureName, PictureFormat)) : ""),
            ("picture_alt", Said(Text.PictureAlt)),
            ("picture_caption", Said(Text.PictureCaption)),
            ("picture_credit", Said(PictureCredit)),
            ("backstory", Said(Text.Backstory)),
            ("corrections", Said(Corrections)),
        ];

        private string WayUp => PublishAt is null ? "../../" : "../../../";

        private static string Moment(DateTimeOffset? moment) => moment?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture) ?? "";

        private static string Said(string words) => words.Length == 0 ? "" : JsonSerializer.Serialize(words, Words);

        private static string Said(string[] words) => words.Length == 0 ? "" : JsonSerializer.Serialize(words, Words);
    }
}
