using System.Globalization;
using System.Text.Json;
using LondonDefender.Copy;

namespace LondonDefender.Wire.MovingIn;

/// <summary>Ghost's export: one JSON file of tables. Texts are taken as Ghost printed them, or from its editors' own forms where it did not.</summary>
internal sealed class GhostPaper(string path) : OldPaper
{
    private const long LargestJson = 1L << 30;
    private const string OwnAddress = "__GHOST_URL__";

    private readonly Dictionary<string, (string Name, string Slug, bool IsPublic)> tags = [];
    private readonly Dictionary<string, (string Name, string About, string Slug)> users = [];
    private readonly Dictionary<string, List<(int Order, string Id)>> tagsOf = [], authorsOf = [];
    private readonly Dictionary<string, Dictionary<string, string>> metaOf = [];

    public override string Kind => "Ghost";

    public override IEnumerable<OldStory> Read(bool withTexts)
    {
        NotTaken.Clear();
        if (new FileInfo(path).Length > LargestJson)
            throw new UnreadableOldPaper("The file is larger than 1 GB, which is more than can be read at once. Export in several parts.");

        var bytes = File.ReadAllBytes(path);
        if (!withTexts)
            ReadRelations(bytes);
        foreach (var post in Rows(bytes, "posts"))
        {
            using (post)
            {
                if (StoryOf(post.RootElement, withTexts) is { } story)
                    yield return story;
            }
        }
    }

    private void ReadRelations(byte[] bytes)
    {
        ListPages.Clear();
        ForEach("settings", row =>
        {
            if (Text(row, "key") == "url" && Uri.TryCreate(Text(row, "value"), UriKind.Absolute, out var site))
                Site = site;
        });
        ForEach("tags", row =>
        {
            tags[Text(row, "id")] = (PlainWords.OneLine(Text(row, "name")), Text(row, "slug"), Text(row, "visibility") != "internal" && !Text(row, "name").StartsWith('#'));
            ListPages.Add(new($"/tag/{Text(row, "slug")}", OldListKind.Tag, PlainWords.OneLine(Text(row, "name"))));
        });
        ForEach("users", row =>
        {
            var name = PlainWords.OneLine(Text(row, "name"));
            users[Text(row, "id")] = (name, Text(row, "bio"), Text(row, "slug"));
            Writers[name] = new(name, Text(row, "bio"));
            ListPages.Add(new($"/author/{Text(row, "slug")}", OldListKind.Author, name));
        });
        ForEach("posts_tags", row => Relate(tagsOf, row, "tag_id"));
        ForEach("posts_authors", row => Relate(authorsOf, row, "author_id"));
        ForEach("posts_meta", row => metaOf[Text(row, "post_id")] = row.EnumerateObject().Where(field => field.Value.ValueKind == JsonValueKind.String).GroupBy(field => field.Name).ToDictionary(field => field.Key, field => field.Last().Value.GetString()!));

        void ForEach(string table, Action<JsonElement> read)
        {
            foreach (var row in Rows(bytes, table))
            {
                using (row)
                    read(row.RootElement);
            }
        }
    }

    private static void Relate(Dictionary<string, List<(int Order, string Id)>> relations, JsonElement row, string field)
    {
        var post = Text(row, "post_id");
        if (!relations.TryGetValue(post, out var list))
            relations[post] = list = [];
        list.Add((row.TryGetProperty("sort_order", out var order) && order.TryGetInt32(out var place) ? place : list.Count, Text(row, field)));
    }

    private OldStory? StoryOf(JsonElement post, bool withTexts)
    {
        if (Text(post, "type") == "page" || (post.TryGetProperty("page", out var isPage) && isPage.ValueKind is JsonValueKind.True) || Text(post, "page") == "1")
        {
            Leave("pages");
            return null;
        }

        var id = Text(post, "id");
        var meta = metaOf.GetValueOrDefault(id) ?? [];
        string Meta(string name) => Text(post, name) is { Length: > 0 } own ? own : meta.GetValueOrDefault(name, "");
        var losses = new Losses();
        var own = Related(tagsOf, id).Where(tags.ContainsKey).Select(tag => tags[tag]).ToList();
        if (own.Exists(tag => !tag.IsPublic))
            losses.Add("internal tags", $"Tags for Ghost’s own use were left out: {string.Join(", ", own.Where(tag => !tag.IsPublic).Select(tag => tag.Name).Take(10))}.");
        List<string> names = [.. own.Where(tag => tag.IsPublic).Select(tag => tag.Name)];
        var authors = Related(authorsOf, id).ToList();
        if (authors.Count == 0 && Text(post, "author_id") is { Length: > 0 } only)
            authors.Add(only);

        var status = Text(post, "status");
        return new()
        {
            Key = $"post {(Text(post, "uuid") is { Length: > 0 } uuid ? uuid : id)}",
            Headline = PlainWords.OneLine(Text(post, "title")),
            Html = withTexts ? TextOf(post, losses).Replace(OwnAddress, "", StringComparison.Ordinal) : "",
            Standfirst = Meta("custom_excerpt"),
            SearchHeadline = Meta("meta_title"),
            ShareHeadline = Meta("og_title"),
            Slug = Text(post, "slug"),
            Published = status is "published" or "scheduled" or "sent" ? Moment(Text(post, "published_at")) : null,
            WhyDraft = WhyDraft(status, Text(post, "visibility"), Text(post, "published_at")),
            Authors = [.. authors.Where(users.ContainsKey).Select(author => users[author].Name)],
            Categories = names.Take(1).ToList(),
            Tags = [.. names.Skip(1)],
            Addresses = [.. new[] { $"/{Text(post, "slug")}/", Moment(Text(post, "published_at")) is { } at ? string.Create(CultureInfo.InvariantCulture, $"/{at:yyyy/MM/dd}/{Text(post, "slug")}/") : "", Text(post, "uuid") is { Length: > 0 } preview ? $"/p/{preview}/" : "" }.Where(address => address.Length > 2)],
            Picture = Text(post, "feature_image").Replace(OwnAddress, "", StringComparison.Ordinal) is { Length: > 0 } image
                ? new(image, Meta("feature_image_alt"), Meta("feature_image_caption")) : null,
            Losses = losses.All,
        };
    }

    private static string? WhyDraft(string status, string visibility, string published) => status switch
    {
        "scheduled" => "It was waiting to be published, so it is a draft: give it its moment again.",
        "sent" => "It was sent by e-mail and never stood on the site, so it is a draft.",
        "published" when visibility is not ("" or "public") => "It was for members only, so it is a draft.",
        "published" when Moment(published) is null => "It was published, but for no moment that can be read, so it is a draft.",
        _ => null,
    };

    private static IEnumerable<string> Related(Dictionary<string, List<(int Order, string Id)>> relations, string post) =>
        relations.TryGetValue(post, out var list) ? list.OrderBy(one => one.Order).Select(one => one.Id) : [];

    private static string TextOf(JsonElement post, Losses losses)
    {
        if (Text(post, "html") is { Length: > 0 } html)
            return html.Length > LongestField ? html[..LongestField] : html;

        try
        {
            if (Text(post, "lexical") is { Length: > 0 and < LongestField } lexical)
                return GhostForms.OfLexical(lexical, losses);
            if (Text(post, "mobiledoc") is { Length: > 0 and < LongestField } mobiledoc)
                return GhostForms.OfMobiledoc(mobiledoc, losses);
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException or KeyNotFoundException or FormatException or IndexOutOfRangeException)
        {
            losses.Add("cut", "Its text is in no form that can be read; it comes without it.");
        }

        return "";
    }

    private static DateTimeOffset? Moment(string written) =>
        DateTime.TryParse(written, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out var read) && read.Year is >= 1000 and < 9000 ? new(read) : null;

    internal static string Text(JsonElement row, string name) => row.ValueKind == JsonValueKind.Object && row.TryGetProperty(name, out var value)
        ? value.ValueKind switch { JsonValueKind.String => value.GetString()!, JsonValueKind.Number => value.GetRawText(), _ => "" }
        : "";

    /// <summary>The rows of one table, one at a time, wherever in the file it stands.</summary>
    private static IEnumerable<JsonDocument> Rows(byte[] bytes, string table)
    {
        var state = new Place(table);
        while (Next(bytes, state) is { } row)
            yield return row;
    }

    private static JsonDocument? Next(byte[] bytes, Place place)
    {
        try
        {
            var json = new Utf8JsonReader(bytes.AsSpan(place.At), isFinalBlock: true, place.State);
            var row = Next(ref json, place);
            place.At += (int)json.BytesConsumed;
            place.State = json.CurrentState;
            return row;
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException)
        {
            throw new UnreadableOldPaper($"The file is no whole JSON as Ghost exports it: {problem.Message.Split('.')[0]}. Export it again; perhaps it was cut off on its way.");
        }
    }

    private static JsonDocument? Next(ref Utf8JsonReader json, Place place)
    {
        while (json.Read())
        {
            if (place.IsWithin)
            {
                if (json.TokenType == JsonTokenType.EndArray)
                    return null;
                if (json.TokenType == JsonTokenType.StartObject)
                    return JsonDocument.ParseValue(ref json);
                json.Skip();
            }
            else if (json.TokenType == JsonTokenType.PropertyName)
            {
                // The tables stand in db[0].data, or in data alone; what else the file holds is passed over.
                if (json.ValueTextEquals("db") || json.ValueTextEquals("data"))
                    continue;

                var isTable = json.ValueTextEquals(place.Table);
                json.Read();
                if (isTable && json.TokenType == JsonTokenType.StartArray)
                    place.IsWithin = true;
                else
                    json.Skip();
            }
        }

        return null;
    }

    private sealed class Place(string table)
    {
        public string Table => table;
        public int At { get; set; }
        public JsonReaderState State { get; set; }
        public bool IsWithin { get; set; }
    }
}
