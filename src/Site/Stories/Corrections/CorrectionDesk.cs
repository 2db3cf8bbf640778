using LondonDefender.Copy;
using LondonDefender.Data;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Stories.Corrections;

/// <summary>Putting right in public what readers have read. Each answers with a sentence when it cannot be done, else null.</summary>
public sealed class CorrectionDesk(IDbContextFactory<NewsroomDb> newsroom, TimeProvider clock, ILogger<CorrectionDesk> log)
{
    public async Task<string?> AddAsync(int storyId, CorrectionText text, int? byPerson, CancellationToken ct = default)
    {
        await using var db = await newsroom.CreateDbContextAsync(ct);
        var now = clock.GetUtcNow();
        var story = await db.Stories.AsNoTracking().SingleOrDefaultAsync(s => s.Id == storyId, ct);
        if (story?.HasAppearedAt(now) != true)
            return "Readers have not had this story, so there is nothing to correct in public. Mend its text instead.";
        if (text.WhatIsWrong() is { } problem)
            return problem;
        if (await db.Corrections.AnyAsync(c => c.StoryId == storyId && c.Words == text.CleanWords, ct))
            return "The story has that correction already, in the same words.";

        var correction = new Correction
        {
            StoryId = storyId,
            Kind = text.Kind!.Value,
            Placement = text.Placement!.Value,
            Words = text.CleanWords,
            PublishedAt = now,
            ById = byPerson,
        };
        db.Add(correction);
        await db.SaveChangesAsync(ct);
        log.LogInformation("Story {StoryId} was given {Kind} {CorrectionId}, {Placement}, by {PersonId}", storyId, correction.Kind, correction.Id, correction.Placement, byPerson);
        return null;
    }

    public async Task<string?> RewordAsync(int storyId, int correctionId, CorrectionText text, int? byPerson, CancellationToken ct = default)
    {
        await using var db = await newsroom.CreateDbContextAsync(ct);
        if (await FindAsync(db, storyId, correctionId, ct) is not { } correction)
            return Gone;
        if (text.WhatIsWrong() is { } problem)
            return problem;

        (correction.Kind, correction.Placement, correction.Words) = (text.Kind!.Value, text.Placement!.Value, text.CleanWords);
        await db.SaveChangesAsync(ct);
        log.LogInformation("{Kind} {CorrectionId} of story {StoryId} was reworded by {PersonId}", correction.Kind, correctionId, storyId, byPerson);
        return null;
    }

    public async Task<string?> TakeBackAsync(int storyId, int correctionId, int? byPerson, CancellationToken ct = default)
    {
        await using var db = await newsroom.CreateDbContextAsync(ct);
        if (await FindAsync(db, storyId, correctionId, ct) is not { } correction)
            return Gone;

        db.Remove(correction);
        await db.SaveChangesAsync(ct);
        log.LogInformation("{Kind} {CorrectionId} of story {StoryId} was taken back by {PersonId}", correction.Kind, correctionId, storyId, byPerson);
        return null;
    }

    private const string Gone = "Somebody took it back meanwhile; it is not there any more.";

    private static Task<Correction?> FindAsync(NewsroomDb db, int storyId, int correctionId, CancellationToken ct) =>
        db.Corrections.SingleOrDefaultAsync(c => c.Id == correctionId && c.StoryId == storyId, ct);
}

/// <summary>A correction as an editor fills it in.</summary>
/// <param name="Kind">Null while the form does not say.</param>
/// <param name="Placement">Null while the form does not say.</param>
public sealed record CorrectionText(CorrectionKind? Kind, CorrectionPlacement? Placement, string? Words)
{
    public string CleanWords => PlainWords.Clean(Words).ReplaceLineEndings("\n").Trim();

    public string? WhatIsWrong() => this switch
    {
        { Kind: null } => "Say whether it is a correction or a clarification.",
        { Placement: null } => "Say where it stands: under the headline or at the foot of the story.",
        { CleanWords.Length: 0 } => "It has no words yet. Say what was wrong, and what is right.",
        { CleanWords.Length: > Correction.LongestWords } =>
            $"It has {CleanWords.Length} characters; {Correction.LongestWords} is the most the paper can keep. Readers want what was wrong and what is right.",
        _ => null,
    };
}
