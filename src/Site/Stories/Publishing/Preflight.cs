using System.Text.RegularExpressions;
using LondonDefender.Copy;
using LondonDefender.Data;
using LondonDefender.Paper;
using LondonDefender.Pictures;
using LondonDefender.Workflow;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Stories.Publishing;

/// <summary>Everything an editor is asked and told before a story is published, in one place: what stops it first, then what is worth a look.</summary>
public sealed partial record Preflight(IReadOnlyList<Remark> Remarks, TypedMoment At, TypedMoment Embargo)
{
    public int Stops => Remarks.Count(remark => remark.Stops);

    public static async Task<Preflight> ReadAsync(NewsroomDb db, Story story, PreflightForm form, int publisher, DateTimeOffset now, CancellationToken ct)
    {
        var text = form.Fields.AsText();
        var settings = await db.SettingsAsync(ct);
        var clock = new PaperClock(settings.Zone);
        var copy = CopyText.Read(text.Copy, settings.LabelsInUse);
        var (at, embargo) = (TypedMoment.Read(form.At, clock, story.PublishAt), TypedMoment.Read(form.Embargo, clock, story.EmbargoUntil));
        var links = new LinkRemarks(story, text, copy, Later(at.Moment, form.Embargo is null ? story.EmbargoUntil : embargo.Moment, now), clock);

        List<Remark> remarks =
        [
            .. story.WhatIsInTheWay(text, copy, at.Moment ?? now, now).Select(Stopping),
            .. OnMoments(story, at.Moment, embargo.Moment, now),
            .. Unfinished.MarksIn(text).Select(mark => Stopping(mark.Missing) with { Place = new(mark.From, mark.To) }),
            .. await UndescribedAsync(db, text, copy, ct),
            .. await FourEyes.WhyNotAsync(db, story, publisher, ct) is { } noSecondEyes ? [Stopping(noSecondEyes)] : Array.Empty<Remark>(),
            .. await links.ReadAsync(db, now, ct),
            .. EditedStory.AdviceOnWords(text, copy).Select(advice => new Remark(false, advice.Field, advice.Sentence)),
            .. (await PictureAdvice.OnEachAsync(db, text, copy, now, ct)).Select(advice => OnPicture(text, advice.Advice, advice.About)),
        ];
        return new([.. remarks.OrderByDescending(remark => remark.Stops)], at, embargo);
    }

    private static DateTimeOffset Later(DateTimeOffset? at, DateTimeOffset? embargo, DateTimeOffset now) =>
        new[] { at ?? now, embargo ?? now, now }.Max();

    private static IEnumerable<Remark> OnMoments(Story story, DateTimeOffset? at, DateTimeOffset? embargo, DateTimeOffset now)
    {
        if (story.WhyNotEmbargo(embargo, now) is { } obstacle)
            yield return Stopping(obstacle);
        // A minute typed just now has begun already.
        if (at < now.AddMinutes(-1) && !story.HasAppearedAt(now))
            yield return new(false, "at", "That moment has passed: readers have the story at once, under that date.");
    }

    private static Remark Stopping(Missing missing) => new(true, missing.Field, missing.Sentence);

    private static async Task<IEnumerable<Remark>> UndescribedAsync(NewsroomDb db, StoryText text, CopyText copy, CancellationToken ct)
    {
        var mute = Undescribed().Match(text.Copy);
        var muteId = int.TryParse(mute.Groups["id"].ValueSpan, out var id) ? id : 0;
        var known = await db.Pictures.Where(p => p.Id == text.PictureId || p.Id == muteId).ToDictionaryAsync(p => p.Id, p => p.Alt, ct);
        return PictureAdvice.WhatIsAskedFor(text, copy).Select(asked => asked.Field switch
        {
            "picture-alt" => Stopping(asked) with { Mends = Describe("picture-alt", 0, known.GetValueOrDefault(text.PictureId ?? 0, "")) },
            "copy" when mute.Success => Stopping(asked) with
            {
                Place = new(mute.Index, mute.Index + mute.Length),
                Mends = Describe("copy", mute.Groups["alt"].Index, BetweenBrackets(known.GetValueOrDefault(muteId, "")), mute.Groups["alt"].Value),
            },
            _ => Stopping(asked),
        });
    }

    private static Mend[] Describe(string field, int at, string words, string was = "") =>
        words.Length == 0 ? [] : [new Mend.Rewrite("Describe it as in the library", field, new(at, at + was.Length), was, words)];

    private static string BetweenBrackets(string words) => PlainWords.OneLine(words).Replace("[", "", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal);

    private static Remark OnPicture(StoryText text, Missing advice, Picture? about) => new(false, advice.Field, advice.Sentence)
    {
        Place = advice.Field == "copy" && PlaceOf(text.Copy, about) is { Success: true } place ? new(place.Index, place.Index + place.Length) : null,
        Mends = about is null ? [] : [new Mend.Open("Open the picture’s page", string.Create(null, $"/desk/pictures/{about.Id}"))],
    };

    private static Match? PlaceOf(string copy, Picture? picture) => picture is null ? null : Regex.Match(copy, string.Create(null, $@"!\[[^\]]*\]\(\s*picture:{picture.Id}\b[^)]*\)"), RegexOptions.IgnoreCase);

    [GeneratedRegex(@"!\[(?<alt>\s*)\]\(\s*picture:(?<id>\d+)[^)]*\)", RegexOptions.IgnoreCase)]
    private static partial Regex Undescribed();
}
