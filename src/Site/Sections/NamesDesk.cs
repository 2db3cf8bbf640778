using LondonDefender.Audit;
using LondonDefender.Copy;
using LondonDefender.Data;
using LondonDefender.ReadMore;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Sections;

/// <summary>What stories are filed under, by its names: renamed, merged, retired. An address that was once given out leads on for ever. What is refused is a sentence.</summary>
public sealed class NamesDesk(IDbContextFactory<NewsroomDb> newsroom, TimeProvider clock, AuditTrail trail, ILogger<NamesDesk> log)
{
    /// <param name="id">0 for a new one.</param>
    /// <param name="slug">Empty: a new one's follows the name, another keeps what it has.</param>
    public Task<string?> SaveTopicAsync(int id, string name, string slug, string about, IReadOnlyList<string> otherWords, CancellationToken ct) => ChangeAsync(ct, async db =>
    {
        var topic = await db.Topics.SingleOrDefaultAsync(t => t.Id == id, ct);
        if (topic is null && id != 0)
            return "That topic is gone; it was merged into another.";

        var address = slug.Length > 0 ? slug : topic?.Slug ?? Slugs.From(name);
        if (address != Slugs.From(address))
            return "An address uses small letters, digits and hyphens only.";
        if (await WhyNotTopicSlugAsync(db, id, address, ct) is { } taken)
            return taken;

        if (topic is null)
            db.Add(topic = new Topic { Name = name, Slug = address });
        if (topic.Slug != address)
            await LeadOnAsync(db, NamedKind.Topic, id, topic.Slug, address, ct);
        var before = topic.Name;
        (topic.Name, topic.Slug, topic.About) = (name, address, about);
        await db.SaveChangesAsync(ct);
        // Who types the name of before still means it.
        return await KeepWordsAsync(db, topic, before == name ? otherWords : [.. otherWords, before], before, ct);
    });

    public Task<string?> SaveSectionAsync(int id, string name, string slug, int? position, string about, CancellationToken ct) => ChangeAsync(ct, async db =>
    {
        var section = await db.Sections.SingleOrDefaultAsync(s => s.Id == id, ct);
        if (section is null && id != 0)
            return "That section is gone; it was merged into another.";
        if (Section.WhyNotSlug(slug) is { } objection)
            return objection;
        if (await db.Sections.AnyAsync(s => s.Slug == slug && s.Id != id, ct))
            return $"Another section has the address “{slug}”.";
        if (await LeadsElsewhereAsync(db, NamedKind.Section, slug, id, ct))
            return $"“{slug}” was once the address of another section and leads there; choose another.";

        if (section is null)
            db.Add(section = new Section { Name = name, Slug = slug, Position = 1 + (await db.Sections.MaxAsync(s => (int?)s.Position, ct) ?? 0) });
        if (section.Slug != slug)
            await LeadOnAsync(db, NamedKind.Section, id, section.Slug, slug, ct);
        (section.Name, section.Slug, section.About) = (name, slug, about);
        section.Position = Math.Clamp(position ?? section.Position, 0, 999);
        await db.SaveChangesAsync(ct);
        return null;
    });

    /// <summary>Out of the menu, and nothing new is filed under it; or back.</summary>
    public Task<string?> RetireSectionAsync(int id, bool isRetired, CancellationToken ct) => ChangeAsync(ct, async db =>
    {
        var section = await db.Sections.SingleOrDefaultAsync(s => s.Id == id, ct);
        if (section is null)
            return "There is no such section (any more).";
        if (isRetired && !await db.Sections.AnyAsync(s => s.Id != id && s.RetiredAt == null, ct))
            return "A paper needs a section. Make another one first.";

        section.RetiredAt = isRetired ? section.RetiredAt ?? clock.GetUtcNow() : null;
        await db.SaveChangesAsync(ct);
        return null;
    });

    /// <summary>Makes the first part of the second. It cannot be undone: nobody knows afterwards which stories were whose.</summary>
    public async Task<string?> MergeAsync(NamedKind kind, int from, int into, CancellationToken ct)
    {
        await using var db = await newsroom.CreateDbContextAsync(ct);
        if (from == into)
            return "It cannot be merged into itself.";
        if (await NameAsync(db, kind, from, ct) is not { } name || await NameAsync(db, kind, into, ct) is not { } intoName)
            return "One of the two is not there (any more).";

        trail.TellOf(db, AuditSubject.Filing, $"merged the {kind.ToString().ToLowerInvariant()} “{name}” into “{intoName}”");
        await new NameMerge(db, kind, from, into).RunAsync(ct);
        if (kind == NamedKind.Topic)
            await AddWordAsync(db, into, name, ct);
        log.LogInformation("{Kind} {From} was merged into {Into}", kind, from, into);
        return null;
    }

    public static Task<string?> NameAsync(NewsroomDb db, NamedKind kind, int id, CancellationToken ct) => kind switch
    {
        NamedKind.Section => db.Sections.Where(s => s.Id == id).Select(s => s.Name).SingleOrDefaultAsync(ct),
        NamedKind.Topic => db.Topics.Where(t => t.Id == id).Select(t => t.Name).SingleOrDefaultAsync(ct),
        NamedKind.Writer => db.Writers.Where(w => w.Id == id).Select(w => w.Name).SingleOrDefaultAsync(ct),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    private static async Task<string?> WhyNotTopicSlugAsync(NewsroomDb db, int id, string slug, CancellationToken ct)
    {
        if (await db.Topics.AnyAsync(t => t.Slug == slug && t.Id != id, ct))
            return $"There is a topic with the address “{slug}” already.";
        if (await TopicNames.BySlugAsync(db, slug, ct) is { } other && other.Id != id)
            return $"“{slug}” means the topic {other.Name} already: it is among its other words, or was its address once.";

        return null;
    }

    private static Task<bool> LeadsElsewhereAsync(NewsroomDb db, NamedKind kind, string slug, int id, CancellationToken ct) =>
        db.FormerSlugs.AnyAsync(f => f.Kind == kind && f.Slug == slug && f.TargetId != id, ct);

    private static async Task LeadOnAsync(NewsroomDb db, NamedKind kind, int id, string before, string now, CancellationToken ct)
    {
        var written = kind.ToString();
        await db.Database.ExecuteSqlAsync($"DELETE FROM former_slugs WHERE kind = {written} AND slug = {now}", ct);
        await db.Database.ExecuteSqlAsync($"""
            INSERT INTO former_slugs (kind, slug, target_id) VALUES ({written}, {before}, {id}) ON CONFLICT (kind, slug) DO UPDATE SET target_id = excluded.target_id
            """, ct);
    }

    /// <param name="before">The name that was taken over by itself; it is left out where it means another topic.</param>
    private static async Task<string?> KeepWordsAsync(NewsroomDb db, Topic topic, IReadOnlyList<string> words, string before, CancellationToken ct)
    {
        var wanted = words.Where(word => word.Length > 0).DistinctBy(Slugs.From).Where(word => Slugs.From(word) != Slugs.From(topic.Name) && Slugs.From(word) != topic.Slug).ToList();
        if (wanted.Count > TopicSynonym.MostOfOneTopic)
            return $"A topic has {TopicSynonym.MostOfOneTopic} other words at most.";

        await db.TopicSynonyms.Where(s => s.TopicId == topic.Id).ExecuteDeleteAsync(ct);
        foreach (var word in wanted)
        {
            var slug = Slugs.From(word);
            if (await TopicNames.BySlugAsync(db, slug, ct) is { } other && other.Id != topic.Id)
            {
                if (word == before)
                    continue;

                return $"“{word}” means the topic {other.Name} already.";
            }

            db.Add(new TopicSynonym { Slug = slug, TopicId = topic.Id, Name = word });
        }

        await db.SaveChangesAsync(ct);
        return null;
    }

    private static Task AddWordAsync(NewsroomDb db, int topic, string word, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync($"""
            INSERT INTO topic_synonyms (slug, topic_id, name) SELECT {Slugs.From(word)}, {topic}, {word}
            WHERE NOT EXISTS (SELECT FROM topics WHERE slug = {Slugs.From(word)}) ON CONFLICT (slug) DO NOTHING
            """, ct);

    private async Task<string?> ChangeAsync(CancellationToken ct, Func<NewsroomDb, Task<string?>> change)
    {
        await using var db = await newsroom.CreateDbContextAsync(ct);
        await using var turn = await db.Database.BeginTransactionAsync(ct);
        await ReadMoreLinks.TakeTurnAsync(db, ct);
        if (await change(db) is { } problem)
            return problem;

        await turn.CommitAsync(ct);
        return null;
    }
}
