using LondonDefender.Bylines;
using LondonDefender.Data;
using LondonDefender.Paper;
using LondonDefender.Sections;
using LondonDefender.Stories;

namespace LondonDefender.Tests;

/// <summary>The cast: a small known paper that every test starts from. Ids are 1, 2, … in the order given here.</summary>
public static class Edition
{
    public static readonly DateTimeOffset Morning = new(2026, 3, 10, 9, 0, 0, TimeSpan.Zero);

    public const int World = 1, Britain = 2;
    public const int Floods = 1, Harbour = 2;
    public const int Maud = 1, Idris = 2;

    public static StoryText BridgeOpens => Told("Bridge over the Wend opens at last", "After nine years the ferry crosses for the last time.");

    public static StoryText FerryCloses => Told("Last ferry leaves Ansty quay", "The boat that carried three generations is sold.");

    public static StoryText MarketOpens => Told("Night market opens under the arches", "Forty stalls, one song, no rain.");

    public static StoryText Told(string headline, string copy, int section = World) => new()
    {
        Headline = headline,
        Standfirst = "What happened, in a sentence.",
        SectionId = section,
        Copy = copy,
    };

    public static async Task SetAsync(NewsroomDb db)
    {
        db.Add(new PaperSettings());
        await db.SaveChangesAsync();
        foreach (var section in new[] { new Section { Name = "World", Slug = "world", Position = 1 }, new Section { Name = "Britain", Slug = "britain", Position = 2 } })
            await AddAsync(db, section);
        foreach (var topic in new[] { new Topic { Name = "Floods", Slug = "floods" }, new Topic { Name = "Harbour", Slug = "harbour" } })
            await AddAsync(db, topic);
        foreach (var writer in new[] { new Writer { Name = "Maud Ferrier", Slug = "maud-ferrier", Role = "Chief reporter" }, new Writer { Name = "Idris Quill", Slug = "idris-quill" } })
            await AddAsync(db, writer);
    }

    private static async Task AddAsync(NewsroomDb db, object entity)
    {
        db.Add(entity);
        await db.SaveChangesAsync();
    }
}
