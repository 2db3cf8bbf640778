using LondonDefender.Copy;
using LondonDefender.Data;
using LondonDefender.Stories;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Archive;

/// <summary>Keeps the search's entries and words right, in the transaction that publishes a story.</summary>
public static class SearchFiling
{
    /// <summary>Puts the story's newest text, and what it is filed under now, where the search finds it.</summary>
    public static Task EnterAsync(NewsroomDb db, Story story, CopyText copy, CancellationToken ct) => EnterAsync(db, story, story.Draft, copy, ct);

    /// <summary>The same with the text that readers have, where another has been worked on since.</summary>
    public static async Task EnterAsync(NewsroomDb db, Story story, StoryText text, CopyText copy, CancellationToken ct)
    {
        var entry = await db.SearchEntries.FindAsync([story.Id], ct);
        var before = entry is null ? "" : $"{entry.Headline} {entry.Standfirst}";
        var names = await NewNamesAsync(db, text, entry, ct);
        await LearnAsync(db, $"{text.Headline} {text.Standfirst} {names}", before, ct);

        if (entry is null)
            db.Add(entry = new SearchEntry { StoryId = story.Id, Headline = "", Standfirst = "", Body = "" });
        (entry.Headline, entry.Standfirst, entry.Body) = (text.Headline, text.Standfirst, copy.PlainText);
        entry.File(story);
    }

    /// <summary>The same for many stories at once that were never there before.</summary>
    /// <param name="namesOf">The writers and topics of a text, by name.</param>
    public static async Task EnterNewAsync(NewsroomDb db, IReadOnlyList<(Story Story, CopyText Copy)> stories, Func<StoryText, string> namesOf, CancellationToken ct)
    {
        foreach (var (story, copy) in stories)
        {
            var entry = new SearchEntry { StoryId = story.Id, Headline = story.Draft.Headline, Standfirst = story.Draft.Standfirst, Body = copy.PlainText };
            entry.File(story);
            db.Add(entry);
        }

        await db.SaveChangesAsync(ct);
        string[] words = [.. stories.Select(one => $"{one.Story.Draft.Headline} {one.Story.Draft.Standfirst} {namesOf(one.Story.Draft)}")];
        await db.Database.ExecuteSqlAsync($"""
            INSERT INTO search_words (word, stories)
            SELECT word, count(*) FROM unnest({words}) AS story (words), unnest(tsvector_to_array(to_tsvector('newsroom_words', story.words))) AS word
            WHERE length(word) BETWEEN 3 AND 30 AND word !~ '[[:digit:][:punct:]]'
            GROUP BY word
            ON CONFLICT (word) DO UPDATE SET stories = search_words.stories + excluded.stories
            """, ct);
    }

    /// <summary>After an embargo has moved the moment at which the story is due.</summary>
    public static async Task MoveAsync(NewsroomDb db, Story story, CancellationToken ct)
    {
        if (story.PublishAt is { } due && await db.SearchEntries.FindAsync([story.Id], ct) is { } entry)
            entry.MoveTo(due);
    }

    /// <summary>The writers and topics that the story was not filed under when it was entered last.</summary>
    private static async Task<string> NewNamesAsync(NewsroomDb db, StoryText text, SearchEntry? entry, CancellationToken ct)
    {
        int[] writerIds = [.. text.WriterIds.Except(entry?.WriterIds ?? [])];
        int[] topicIds = [.. text.TopicIds.Except(entry?.TopicIds ?? [])];
        var names = await db.Writers.Where(w => writerIds.Contains(w.Id)).Select(w => w.Name)
            .Concat(db.Topics.Where(t => topicIds.Contains(t.Id)).Select(t => t.Name))
            .ToListAsync(ct);
        return string.Join(' ', names);
    }

    private static Task LearnAsync(NewsroomDb db, string now, string before, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync($"""
            INSERT INTO search_words (word, stories)
            SELECT word, 1 FROM unnest(tsvector_to_array(to_tsvector('newsroom_words', {now}))) AS word
            WHERE length(word) BETWEEN 3 AND 30 AND word !~ '[[:digit:][:punct:]]'
                AND word <> ALL (tsvector_to_array(to_tsvector('newsroom_words', {before})))
            ON CONFLICT (word) DO UPDATE SET stories = search_words.stories + 1
            """, ct);
}
