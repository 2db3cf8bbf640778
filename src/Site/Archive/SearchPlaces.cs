using LondonDefender.Data;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Archive;

/// <summary>Pages of the paper beside the stories: those called by the words that were asked, and those the found stories stand under.</summary>
/// <param name="Called">The shortest names first.</param>
/// <param name="Topics">What most of the found stories are about.</param>
/// <param name="Writers">Who wrote most of the found stories.</param>
public sealed record SearchPlaces(IReadOnlyList<NamedPlace> Called, IReadOnlyList<FoundUnder> Topics, IReadOnlyList<FoundUnder> Writers)
{
    public static readonly SearchPlaces None = new([], [], []);

    private const int Shown = 5;

    public static async Task<SearchPlaces> OfAsync(NewsroomDb db, string words, IReadOnlyList<SearchCandidate> found, CancellationToken ct)
    {
        var topics = Most(found, candidate => candidate.TopicIds);
        var writers = Most(found, candidate => candidate.WriterIds);
        var places = await db.Database.SqlQuery<Place>($"""
            SELECT 1 AS "Kind", id AS "Id", name AS "Name", slug AS "Slug", false AS "IsCalled" FROM topics WHERE id = ANY ({topics.Keys.ToArray()})
            UNION ALL
            SELECT 2, id, name, slug, false FROM writers WHERE id = ANY ({writers.Keys.ToArray()})
            UNION ALL
            (SELECT 0, id, name, slug, true FROM sections WHERE to_tsvector('newsroom', name) @@ websearch_to_tsquery('newsroom', {words}) ORDER BY length(name), name LIMIT {Shown})
            UNION ALL
            (SELECT 1, id, name, slug, true FROM topics WHERE to_tsvector('newsroom', name) @@ websearch_to_tsquery('newsroom', {words})
                OR id IN (SELECT topic_id FROM topic_synonyms WHERE to_tsvector('newsroom', name) @@ websearch_to_tsquery('newsroom', {words})) ORDER BY length(name), name LIMIT {Shown})
            UNION ALL
            (SELECT 2, id, name, slug, true FROM writers WHERE to_tsvector('newsroom', name) @@ websearch_to_tsquery('newsroom', {words}) ORDER BY length(name), name LIMIT {Shown})
            """).ToListAsync(ct);

        return new(
            [.. places.Where(place => place.IsCalled).Select(place => new NamedPlace(place.Kind, place.Name, place.Slug))],
            Counted(topics, places.Where(place => !place.IsCalled && place.Kind == PlaceKind.Topic)),
            Counted(writers, places.Where(place => !place.IsCalled && place.Kind == PlaceKind.Writer)));
    }

    private sealed record Place(PlaceKind Kind, int Id, string Name, string Slug, bool IsCalled);

    private static Dictionary<int, int> Most(IReadOnlyList<SearchCandidate> found, Func<SearchCandidate, int[]> ids) =>
        found.SelectMany(ids).CountBy(id => id).OrderByDescending(count => count.Value).ThenBy(count => count.Key).Take(Shown).ToDictionary();

    private static List<FoundUnder> Counted(Dictionary<int, int> counts, IEnumerable<Place> places) =>
        [.. places.Select(place => new FoundUnder(place.Name, place.Slug, counts[place.Id])).OrderByDescending(found => found.Stories).ThenBy(found => found.Name, StringComparer.Ordinal)];
}

/// <summary>A page of the paper that bears a name.</summary>
public sealed record NamedPlace(PlaceKind Kind, string Name, string Slug)
{
    public string Address => Kind switch
    {
        PlaceKind.Section => $"/{Slug}",
        PlaceKind.Topic => $"/topics/{Slug}",
        PlaceKind.Writer => $"/by/{Slug}",
        _ => throw new InvalidOperationException($"There is no page of a {Kind}."),
    };
}

public enum PlaceKind
{
    Section = 0,
    Topic = 1,
    Writer = 2,
}

/// <summary>A topic or writer of so many of the found stories.</summary>
public sealed record FoundUnder(string Name, string Slug, int Stories);
