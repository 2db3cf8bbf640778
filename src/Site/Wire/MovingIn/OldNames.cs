using LondonDefender.Bylines;
using LondonDefender.Copy;
using LondonDefender.Data;
using LondonDefender.Sections;
using LondonDefender.Stories;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Wire.MovingIn;

/// <summary>What the old paper's categories, tags and authors are called here.</summary>
internal sealed class OldNames(MoveRequest options, MoveReport report)
{
    private const int MostTopics = 50;

    private readonly NewNames names = NewNames.Read(options.Names);
    private readonly HashSet<string> categories = new(StringComparer.OrdinalIgnoreCase), tags = new(StringComparer.OrdinalIgnoreCase), authors = new(StringComparer.OrdinalIgnoreCase);

    private readonly Dictionary<string, int> sectionOf = new(StringComparer.OrdinalIgnoreCase), topicOf = new(StringComparer.OrdinalIgnoreCase), writerOf = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<int, string> nameOfTopic = [], nameOfWriter = [];
    private int? fallback;
    private string fallbackName = "";

    public void Meet(OldStory story)
    {
        categories.UnionWith(story.Categories.Take(MostTopics));
        tags.UnionWith(story.Tags.Take(MostTopics));
        authors.UnionWith(story.Authors.Take(MostTopics));
    }

    public async Task FindAsync(NewsroomDb db, OldPaper paper, CancellationToken ct)
    {
        await FindSectionsAsync(db, ct);
        await FindTopicsAsync(db, ct);
        await FindWritersAsync(db, paper, ct);
    }

    /// <summary>The story's text, with what it is filed under.</summary>
    public StoryText File(StoryText text, OldStory old, Losses losses)
    {
        int? section = null;
        List<int> topics = [];
        foreach (var category in old.Categories.Take(MostTopics))
        {
            if (sectionOf.TryGetValue(category, out var id) && section is null)
                section = id;
            else if (topicOf.TryGetValue(category, out var topic))
                topics.Add(topic);
        }

        if (section is null)
            losses.Add("sections", old.Categories.Count == 0 ? $"It had no category; it is filed under {fallbackName}." : $"No section here is called {string.Join(" or ", old.Categories.Take(3).Select(name => $"“{name}”"))}; it is filed under {fallbackName}.");
        topics.AddRange(old.Tags.Take(MostTopics).Where(topicOf.ContainsKey).Select(tag => topicOf[tag]));

        List<int> writers = [.. old.Authors.Take(MostTopics).Where(writerOf.ContainsKey).Select(author => writerOf[author]).Distinct()];
        var guests = old.Authors.Where(author => !writerOf.ContainsKey(author)).Select(author => NewNames.Of(names.Writers, author)!).Where(name => name.Length > 0);
        return text with
        {
            SectionId = section ?? fallback,
            TopicIds = [.. topics.Distinct()],
            WriterIds = [.. writers],
            CreditLine = PlainWords.Cut(string.Join(", ", guests), StoryText.LongestLabel),
        };
    }

    /// <summary>By which readers may search for it, too.</summary>
    public string NamesOf(StoryText text) => string.Join(' ', [.. text.WriterIds.Select(id => nameOfWriter.GetValueOrDefault(id, "")), .. text.TopicIds.Select(id => nameOfTopic.GetValueOrDefault(id, ""))]);

    public (int? SectionId, int? TopicId, int? WriterId)? OfListPage(OldListPage page) => page.Kind switch
    {
        OldListKind.Category when sectionOf.TryGetValue(page.Name, out var section) => (section, null, null),
        OldListKind.Category or OldListKind.Tag when topicOf.TryGetValue(page.Name, out var topic) => (null, topic, null),
        OldListKind.Author when writerOf.TryGetValue(page.Name, out var writer) => (null, null, writer),
        _ => null,
    };

    private async Task FindSectionsAsync(NewsroomDb db, CancellationToken ct)
    {
        var all = await db.Sections.OrderBy(s => s.Position).ThenBy(s => s.Id).Select(s => new KnownName(s.Id, s.Name, s.Slug)).ToListAsync(ct);
        var position = await db.Sections.MaxAsync(s => (int?)s.Position, ct) ?? 0;
        List<string> made = [], unknown = [];
        foreach (var (category, wanted) in Wanted(categories, names.Sections))
        {
            if (KnownName.Find(all, wanted) is { } known)
                sectionOf[category] = known.Id;
            else if ((options.MakeSections || names.Sections.ContainsKey(category)) && Section.WhyNotSlug(Slugs.From(wanted)) is null)
                sectionOf[category] = await MakeAsync(wanted);
            else
                unknown.Add(category);
        }

        if (options.Section is { } slug && all.Find(known => known.Slug == slug) is null)
            throw new UnreadableOldPaper($"There is no section “{slug}”. Nothing was taken in.");
        if (all.Count == 0)
            await MakeAsync("News");
        var chosen = options.Section is { } named ? all.First(known => known.Slug == named) : all[0];
        (fallback, fallbackName) = (chosen.Id, chosen.Name);
        Tell("New sections", made);
        Tell("Categories that are no section here; their words were kept as topics", unknown);
        // A category that is no section says something about its stories all the same.
        tags.UnionWith(unknown.Where(category => !category.Equals("Uncategorized", StringComparison.OrdinalIgnoreCase) && !category.Equals("Uncategorised", StringComparison.OrdinalIgnoreCase)));

        async Task<int> MakeAsync(string name)
        {
            var section = new Section { Name = name, Slug = KnownName.FreeSlug(all, name), Position = ++position };
            if (!options.IsDryRun)
            {
                db.Add(section);
                await db.SaveChangesAsync(ct);
            }

            made.Add(name);
            var known = new KnownName(options.IsDryRun ? -1 - made.Count : section.Id, name, section.Slug);
            all.Add(known);
            return known.Id;
        }
    }

    private async Task FindTopicsAsync(NewsroomDb db, CancellationToken ct)
    {
        var names = await db.Topics.OrderBy(t => t.Id).Select(t => new KnownName(t.Id, t.Name, t.Slug)).ToListAsync(ct);
        var index = new KnownNames(names);
        List<(string Tag, Topic Topic)> made = [];
        foreach (var (tag, wanted) in Wanted(tags, this.names.Topics))
        {
            if (index.Find(wanted) is { } known)
            {
                topicOf[tag] = known.Id;
                continue;
            }

            var topic = new Topic { Name = wanted, Slug = index.FreeSlug(wanted) };
            made.Add((tag, topic));
            index.Add(new(-made.Count, wanted, topic.Slug));
            topicOf[tag] = -made.Count;
        }

        if (!options.IsDryRun)
        {
            db.AddRange(made.Select(one => one.Topic));
            await db.SaveChangesAsync(ct);
            foreach (var tag in topicOf.Where(tag => tag.Value < 0).ToList())
                topicOf[tag.Key] = made[-tag.Value - 1].Topic.Id;
        }

        foreach (var (tag, id) in topicOf)
            nameOfTopic[id] = tag;
        if (made.Count > 0)
            report.Note($"New topics: {made.Count}{Some(made.Select(one => one.Topic.Name))}.");
    }

    private async Task FindWritersAsync(NewsroomDb db, OldPaper paper, CancellationToken ct)
    {
        var all = await db.Writers.OrderBy(w => w.Id).Select(w => new KnownName(w.Id, w.Name, w.Slug)).ToListAsync(ct);
        List<string> made = [], guests = [];
        foreach (var (author, wanted) in Wanted(authors, names.Writers))
        {
            if (KnownName.Find(all, wanted) is { } known)
            {
                writerOf[author] = known.Id;
            }
            else if (paper.Writers.TryGetValue(author, out var old) || names.Writers.ContainsKey(author))
            {
                var writer = new Writer { Name = wanted, Slug = KnownName.FreeSlug(all, wanted), About = PlainWords.Cut(PlainWords.OneLine(PlainText.Of(old?.About ?? "")), 2000) };
                if (!options.IsDryRun)
                {
                    db.Add(writer);
                    await db.SaveChangesAsync(ct);
                }

                made.Add(wanted);
                all.Add(new(options.IsDryRun ? -made.Count : writer.Id, wanted, writer.Slug));
                writerOf[author] = all[^1].Id;
            }
            else
            {
                guests.Add(wanted);
            }
        }

        foreach (var (author, id) in writerOf)
            nameOfWriter[id] = author;
        Tell("New writers", made);
        Tell("Names without a page of their own, kept in the credit line", guests);
    }

    private static IEnumerable<(string Old, string Wanted)> Wanted(IEnumerable<string> met, Dictionary<string, string?> renamed) => met
        .Select(old => (Old: old, Wanted: Label(NewNames.Of(renamed, old))))
        .Where(name => name.Wanted.Length > 0)
        .OrderBy(name => name.Old, StringComparer.Ordinal);

    private static string Label(string? name) => PlainWords.Cut(PlainWords.OneLine(name), StoryText.LongestLabel).TrimEnd();

    private void Tell(string what, List<string> which)
    {
        if (which.Count > 0)
            report.Note($"{what}: {which.Count}{Some(which)}.");
    }

    private static string Some(IEnumerable<string> which)
    {
        var shown = which.Take(50).ToList();
        return $" ({string.Join(", ", shown)}{(which.Skip(50).Any() ? ", …" : "")})";
    }
}

/// <summary>The same as <see cref="KnownName.Find"/> for thousands of names at once.</summary>
internal sealed class KnownNames
{
    private static readonly string SlugOfNothing = Slugs.From("");

    private readonly Dictionary<string, KnownName> byName = new(StringComparer.OrdinalIgnoreCase), byWords = new(StringComparer.Ordinal), bySlug = new(StringComparer.Ordinal);

    public KnownNames(IEnumerable<KnownName> all)
    {
        foreach (var known in all)
            Add(known);
    }

    public void Add(KnownName known)
    {
        byName.TryAdd(known.Name, known);
        byWords.TryAdd(Headlines.Normalise(known.Name), known);
        bySlug.TryAdd(known.Slug, known);
    }

    public KnownName? Find(string wanted) =>
        byName.GetValueOrDefault(wanted)
        ?? (Headlines.Normalise(wanted) is { Length: > 0 } words ? byWords.GetValueOrDefault(words) : null)
        ?? (wanted != SlugOfNothing ? bySlug.GetValueOrDefault(wanted) : null);

    public string FreeSlug(string name)
    {
        var slug = Slugs.From(name);
        var free = slug;
        for (var number = 2; bySlug.ContainsKey(free); number++)
            free = $"{slug}-{number}";
        return free;
    }
}
