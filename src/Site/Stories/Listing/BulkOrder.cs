using System.Globalization;
using LondonDefender.Copy;
using LondonDefender.Data;
using LondonDefender.Sections;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Stories.Listing;

public enum BulkAct
{
    AddTopic,
    RemoveTopic,
    ChangeSection,
    GiveTo,
    Withdraw,
    TakeScheduleBack,
    PutIntoSet,
    TakeOutOfSet,
}

/// <summary>One thing to be done to many stories, as an editor has ordered it.</summary>
public sealed record BulkOrder
{
    public const int MostStories = 200;
    public const int LongestReason = 300;

    public required BulkAct Act { get; init; }
    public required IReadOnlyList<int> StoryIds { get; init; }
    public Topic? Topic { get; init; }
    public Section? Section { get; init; }

    /// <summary>Whose the stories become; null for nobody's.</summary>
    public int? OwnerId { get; init; }
    public string Owner { get; init; } = "nobody";

    public int? SetId { get; init; }
    public string SetName { get; init; } = "";

    /// <summary>Stands among the public changes of stories that readers have.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Whether texts are filed elsewhere, which readers may see.</summary>
    public bool IsFiling => Act is BulkAct.AddTopic or BulkAct.RemoveTopic or BulkAct.ChangeSection;

    public bool IsAboutSet => Act is BulkAct.PutIntoSet or BulkAct.TakeOutOfSet;

    public string InWords => Act switch
    {
        BulkAct.AddTopic => $"Add the topic “{Topic!.Name}”",
        BulkAct.RemoveTopic => $"Take the topic “{Topic!.Name}” away",
        BulkAct.ChangeSection => $"File under {Section!.Name}",
        BulkAct.GiveTo => OwnerId is null ? "Make them nobody’s" : $"Give to {Owner}",
        BulkAct.Withdraw => "Withdraw",
        BulkAct.TakeScheduleBack => "Take the schedule back",
        BulkAct.PutIntoSet => $"Put into the set “{SetName}”",
        BulkAct.TakeOutOfSet => $"Take out of the set “{SetName}”",
        _ => throw new ArgumentOutOfRangeException(nameof(Act)),
    };

    /// <summary>The text filed as ordered.</summary>
    public StoryText Refile(StoryText text) => Act switch
    {
        BulkAct.AddTopic => text with { TopicIds = [.. text.TopicIds.Append(Topic!.Id).Distinct()] },
        BulkAct.RemoveTopic => text with { TopicIds = [.. text.TopicIds.Where(id => id != Topic!.Id)] },
        BulkAct.ChangeSection => text with { SectionId = Section!.Id },
        _ => text,
    };

    /// <summary>The order that a form makes, or a sentence on what it lacks.</summary>
    public static async Task<(BulkOrder? Order, string? Problem)> ReadAsync(NewsroomDb db, IFormCollection form, int myself, CancellationToken ct)
    {
        var ids = form["story"].Select(id => Number(id)).OfType<int>().Distinct().ToList();
        if (ids.Count == 0)
            return (null, "No story was chosen. Tick the stories in the list first.");
        if (ids.Count > MostStories)
            return (null, $"{ids.Count} stories are too many at once; {MostStories} is the most.");
        if (!Enum.TryParse<BulkAct>(form["act"], out var act) || !Enum.IsDefined(act) || int.TryParse(form["act"], out _))
            return (null, "Say what is to be done with the stories.");

        return await ReadAsync(db, new() { Act = act, StoryIds = ids, Reason = PlainWords.Cut(PlainWords.OneLine(form["reason"]), LongestReason) }, form, myself, ct);
    }

    private static Task<(BulkOrder? Order, string? Problem)> ReadAsync(NewsroomDb db, BulkOrder order, IFormCollection form, int myself, CancellationToken ct) => order.Act switch
    {
        BulkAct.AddTopic or BulkAct.RemoveTopic => OnTopicAsync(db, order, PlainWords.OneLine(form["topic"]), ct),
        BulkAct.ChangeSection => UnderSectionAsync(db, order, Number(form["section"]), ct),
        BulkAct.GiveTo => ToOwnerAsync(db, order, form["owner"].ToString(), myself, ct),
        BulkAct.PutIntoSet => IntoSetAsync(db, order, form, myself, ct),
        BulkAct.TakeOutOfSet => OutOfSetAsync(db, order, Number(form["set"]), myself, ct),
        _ => Task.FromResult<(BulkOrder?, string?)>((order, null)),
    };

    private static async Task<(BulkOrder?, string?)> OnTopicAsync(NewsroomDb db, BulkOrder order, string written, CancellationToken ct)
    {
        if (written.Length == 0)
            return (null, "Say which topic.");

        return await TopicNames.MeantAsync(db, written, ct) is { } topic
            ? (order with { Topic = topic }, null)
            : (null, $"There is no topic called “{written}”. Topics are made under Topics.");
    }

    private static async Task<(BulkOrder?, string?)> UnderSectionAsync(NewsroomDb db, BulkOrder order, int? id, CancellationToken ct) =>
        await db.Sections.AsNoTracking().SingleOrDefaultAsync(s => s.Id == id, ct) switch
        {
            null => (null, "Say which section."),
            { RetiredAt: not null } retired => (null, $"{retired.Name} is retired; nothing new is filed under it."),
            var section => (order with { Section = section }, null),
        };

    private static async Task<(BulkOrder?, string?)> ToOwnerAsync(NewsroomDb db, BulkOrder order, string written, int myself, CancellationToken ct)
    {
        if (written == ListAddress.Nobody)
            return (order, null);

        var id = written == ListAddress.Myself ? myself : Number(written);
        var person = await db.Users.AsNoTracking().SingleOrDefaultAsync(p => p.Id == id && p.IsActive, ct);
        return person is null ? (null, "Say whose the stories become.") : (order with { OwnerId = person.Id, Owner = person.Name }, null);
    }

    private static async Task<(BulkOrder?, string?)> IntoSetAsync(NewsroomDb db, BulkOrder order, IFormCollection form, int myself, CancellationToken ct)
    {
        if (Number(form["set"]) is { } id)
            return await OutOfSetAsync(db, order, id, myself, ct);

        var name = PlainWords.Cut(PlainWords.OneLine(form["setname"]), SavedSearch.LongestName);
        return name.Length == 0 ? (null, "Say which set, or give a new one a name.") : (order with { SetName = name }, null);
    }

    private static async Task<(BulkOrder?, string?)> OutOfSetAsync(NewsroomDb db, BulkOrder order, int? id, int myself, CancellationToken ct) =>
        await db.SavedSearches.AsNoTracking().SingleOrDefaultAsync(s => s.Id == id && s.PersonId == myself && s.StoryIds != null, ct) is { } set
            ? (order with { SetId = set.Id, SetName = set.Name }, null)
            : (null, "You have no such set (any more).");

    private static int? Number(string? written) =>
        int.TryParse(written, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;
}
