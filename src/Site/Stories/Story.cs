using LondonDefender.Bylines;
using LondonDefender.Copy;
using LondonDefender.Sections;

namespace LondonDefender.Stories;

/// <summary>
/// A story from first draft to archive. <see cref="Draft"/> is what editors work on; readers see the revision numbered
/// <see cref="PublishedNumber"/>, and only while <see cref="LiveStories.Live"/> says so.
/// </summary>
public sealed class Story
{
    private Story() { }

    public int Id { get; private set; }
    public int? OwnerId { get; private set; }
    public DateTimeOffset CreatedAt { get; private set; }

    public StoryText Draft { get; private set; } = new();

    /// <summary>Counts every save. A save names the number it was based on, and is merged where that is not the newest.</summary>
    public int RevisionNumber { get; private set; }

    public DateTimeOffset SavedAt { get; private set; }
    public int? SavedById { get; private set; }
    public List<Revision> Revisions { get; } = [];

    public int? PublishedNumber { get; private set; }

    /// <summary>The due moment: first published, or to be published.</summary>
    public DateTimeOffset? PublishAt { get; private set; }

    /// <summary>A floor under <see cref="PublishAt"/>; the database holds it too.</summary>
    public DateTimeOffset? EmbargoUntil { get; private set; }

    /// <summary>The last change an editor called substantive.</summary>
    public DateTimeOffset? UpdatedAt { get; private set; }

    public DateTimeOffset? WithdrawnAt { get; private set; }

    /// <summary>A killed story is withdrawn and more: nothing of it is left with readers, and the chief editor alone brings it back.</summary>
    public DateTimeOffset? KilledAt { get; private set; }

    /// <summary>A court has its matter in hand, so nothing but an editor's own hand offers it beside others, or others beside it.</summary>
    public bool HasActiveProceedings { get; private set; }

    /// <summary>The story readers are sent to instead of a withdrawn one.</summary>
    public int? SuccessorId { get; private set; }

    /// <summary>The published text's section, topics and writers, kept beside the story so that pages find it by them.</summary>
    public int? SectionId { get; private set; }
    public List<StoryTopic> Topics { get; } = [];
    public List<StoryByline> Bylines { get; } = [];

    /// <summary>What an imported story came from, so that the same copy is not taken in twice.</summary>
    public string? SourceKey { get; private set; }

    public static Story Begin(int? ownerId, DateTimeOffset at, string? sourceKey = null) =>
        new() { OwnerId = ownerId, CreatedAt = at, SavedAt = at, SourceKey = sourceKey };

    public StoryState StateAt(DateTimeOffset now) => StoryStates.Of(PublishedNumber, PublishAt, WithdrawnAt, now);

    /// <summary>Whether readers have it, or had it before it was withdrawn.</summary>
    public bool HasAppearedAt(DateTimeOffset now) => PublishedNumber is not null && PublishAt <= now;

    public bool HasUnpublishedChanges => PublishedNumber is not null && PublishedNumber != RevisionNumber;

    public Revision Rewrite(StoryText text, int? byPerson, DateTimeOffset at, bool isAutosave = false)
    {
        var before = Revisions.Find(revision => revision.Number == RevisionNumber);
        var standsForIt = isAutosave && before is not null && before.Number != PublishedNumber && before.GivesWayTo(byPerson, at);
        if (standsForIt)
            before!.GiveWay();

        Draft = text.Cleaned();
        RevisionNumber++;
        SavedAt = at;
        SavedById = byPerson;

        var revision = Revision.Of(this, at, byPerson, autosavedSince: !isAutosave ? null : standsForIt ? before!.AutosavedSince : at);
        Revisions.Add(revision);
        return revision;
    }

    /// <summary>An editor saves what an autosave has saved already: later autosaves are a revision of their own.</summary>
    public void CloseRevision() => Revisions.Single(revision => revision.Number == RevisionNumber).Close();

    /// <summary>What keeps the story from being published, each with the field that mends it.</summary>
    public IReadOnlyList<Missing> WhatIsMissing() => WhatIsMissing(Draft);

    public static IReadOnlyList<Missing> WhatIsMissing(StoryText text)
    {
        List<Missing> missing = [.. text.WhatIsTooLong()];
        if (string.IsNullOrWhiteSpace(text.Headline))
            missing.Add(new("headline", "It has no headline yet."));
        if (text.SectionId is null)
            missing.Add(new("section", "It is not filed under a section yet."));
        if (string.IsNullOrWhiteSpace(text.Copy))
            missing.Add(new("copy", "It has no copy yet."));

        return missing;
    }

    /// <summary>All that keeps a text of this story from readers. Publishing asks here, and so does the page that says it beforehand.</summary>
    public IReadOnlyList<Missing> WhatIsInTheWay(StoryText text, CopyText copy, DateTimeOffset at, DateTimeOffset now)
    {
        List<Missing> inTheWay = [.. WhatIsMissing(text)];
        if (WhyNotPublish(at, now) is { } obstacle)
            inTheWay.Insert(0, obstacle);
        // Too long a copy is a problem of the text and of its reading, and is said once.
        if (inTheWay.All(missing => missing.Field != "copy"))
            inTheWay.AddRange(copy.Problems.Select(problem => new Missing("copy", problem)));

        return inTheWay;
    }

    /// <summary>Why the story cannot be held back until that moment; null when it can.</summary>
    public Missing? WhyNotEmbargo(DateTimeOffset? until, DateTimeOffset now) => until switch
    {
        null => null,
        _ when HasAppearedAt(now) && PublishAt < until => new("embargo", "Readers have had the story; an embargo would come too late. Withdraw it instead."),
        _ when until <= now => new("embargo", "That embargo has passed already. Give a later moment, or none."),
        _ when IsFarAway(until.Value, now) => new("embargo", "That embargo is more than ten years away; check the year."),
        _ => null,
    };

    public void Embargo(DateTimeOffset? until, DateTimeOffset now)
    {
        if (WhyNotEmbargo(until, now) is { } obstacle)
            throw new InvalidOperationException($"Story {Id} cannot be put under that embargo: {obstacle.Sentence}");

        EmbargoUntil = until;
        Revisions.Find(revision => revision.Number == RevisionNumber)?.EmbargoUntil = until;
        if (PublishAt < until)
            PublishAt = until;
    }

    /// <summary>Why the story is not published for that moment, whatever its text; null when it can be.</summary>
    public Missing? WhyNotPublish(DateTimeOffset at, DateTimeOffset now) => this switch
    {
        { KilledAt: not null } => new("bring-back", "This story was killed. It is not published again, unless the chief editor brings it back."),
        { WithdrawnAt: not null } => new("bring-back", "Bring the story back first; then publish the change."),
        _ when HasAppearedAt(now) && at > now => new("at", "Readers have this story already; its change is published now."),
        _ when IsFarAway(at, now) => new("at", "That moment is more than ten years away; check the year."),
        _ => null,
    };

    /// <summary>Makes the newest revision the readers' one, from <paramref name="at"/> on or at once when that is past.</summary>
    public void Publish(DateTimeOffset at, DateTimeOffset now, bool isSubstantive = true, string reason = "")
    {
        if (WhatIsMissing() is { Count: > 0 } missing)
            throw new InvalidOperationException($"Story {Id} cannot be published: {string.Join(" ", missing.Select(m => m.Sentence))}");
        if (WhyNotPublish(at, now) is { } obstacle)
            throw new InvalidOperationException($"Story {Id} cannot be published: {obstacle.Sentence}");

        var revision = Revisions.Single(r => r.Number == RevisionNumber);
        var hasAppeared = HasAppearedAt(now);
        if (hasAppeared)
            UpdatedAt = isSubstantive ? now : UpdatedAt;
        else
            PublishAt = Later(at, EmbargoUntil);

        PublishedNumber = RevisionNumber;
        revision.PublishedAt = hasAppeared ? now : PublishAt;
        revision.IsSubstantive = hasAppeared && isSubstantive;
        revision.Reason = reason;
        FileUnder(revision.Text);
    }

    public void TakeScheduleBack(DateTimeOffset now)
    {
        if (StateAt(now) != StoryState.Due)
            throw new InvalidOperationException($"Story {Id} is not waiting to be published.");

        PublishedNumber = null;
        PublishAt = null;
        SectionId = null;
        Topics.Clear();
        Bylines.Clear();
    }

    public void Withdraw(DateTimeOffset now, int? successorId = null)
    {
        if (StateAt(now) != StoryState.Live)
            throw new InvalidOperationException($"Story {Id} is not live, so there is nothing to withdraw.");
        if (successorId == Id)
            throw new InvalidOperationException($"Story {Id} cannot be its own successor.");

        WithdrawnAt = now;
        SuccessorId = successorId;
    }

    public void BringBack()
    {
        if (WithdrawnAt is null)
            throw new InvalidOperationException($"Story {Id} has not been withdrawn.");
        if (KilledAt is not null)
            throw new InvalidOperationException($"Story {Id} was killed; that takes the chief editor's own word.");

        WithdrawnAt = null;
        SuccessorId = null;
    }

    /// <summary>What readers have, or had until it was withdrawn, is taken from everywhere.</summary>
    public void Kill(DateTimeOffset now)
    {
        if (!HasAppearedAt(now))
            throw new InvalidOperationException($"No reader has had story {Id}, so there is nothing to kill.");

        KilledAt = now;
        WithdrawnAt ??= now;
        SuccessorId = null;
    }

    /// <summary>The chief editor takes the kill back: readers have the story again.</summary>
    public void Revive()
    {
        if (KilledAt is null)
            throw new InvalidOperationException($"Story {Id} was not killed.");

        KilledAt = null;
        BringBack();
    }

    public void MarkProceedings(bool areActive) => HasActiveProceedings = areActive;

    /// <summary>Makes it somebody's own; null for nobody's.</summary>
    public void GiveTo(int? personId) => OwnerId = personId;

    /// <summary>For imported stories only: the last substantive change, as another system recorded it.</summary>
    public void RememberUpdate(DateTimeOffset updatedAt) => UpdatedAt = updatedAt;

    /// <summary>For imported stories only: a picture that came later than its story stands in every text of it, as if it had come along.</summary>
    public void Illustrate(Func<StoryText, StoryText> withPicture)
    {
        if (SourceKey is null || SavedById is not null || Revisions.Any(revision => revision.SavedById is not null))
            throw new InvalidOperationException($"Story {Id} was in a person's hands; its pictures are theirs.");

        Draft = withPicture(Draft);
        foreach (var revision in Revisions)
            revision.Illustrate(withPicture);
    }

    private void FileUnder(StoryText text)
    {
        SectionId = text.SectionId;

        Topics.RemoveAll(topic => !text.TopicIds.Contains(topic.TopicId));
        Topics.AddRange(text.TopicIds.Except(Topics.Select(topic => topic.TopicId)).Select(id => new StoryTopic { TopicId = id }).ToList());

        Bylines.RemoveAll(byline => !text.WriterIds.Contains(byline.WriterId));
        Bylines.AddRange(text.WriterIds.Except(Bylines.Select(byline => byline.WriterId)).Select(id => new StoryByline { WriterId = id }).ToList());
        foreach (var byline in Bylines)
            byline.Position = Array.IndexOf(text.WriterIds, byline.WriterId);
    }

    private static bool IsFarAway(DateTimeOffset moment, DateTimeOffset now) => moment > now.AddYears(10);

    private static DateTimeOffset Later(DateTimeOffset at, DateTimeOffset? floor) => floor > at ? floor.Value : at;
}

public sealed class StoryTopic
{
    public int StoryId { get; private set; }
    public required int TopicId { get; init; }
    public Topic? Topic { get; private set; }
}

public sealed class StoryByline
{
    public int StoryId { get; private set; }
    public required int WriterId { get; init; }
    public Writer? Writer { get; private set; }
    public int Position { get; set; }
}
