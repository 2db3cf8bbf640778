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
        var (at, embargo) = (TypedMoment.Read(form.At, clock), TypedMoment.Read(form.Embargo, clock));
        var links = new LinkRemarks(story, text, copy, Later(at.Moment, form.Embargo is null ? story.EmbargoUntil : embargo.Moment, now), clock);

        List<Remark> remarks =
        [
            .. story.WhatIsInTheWay(text, copy, at.Moment ?? now, now).Select(Stopping),
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

    private static Remark Stopping(Missing missing) => new(true, missing.Field, missing.Sentence);

    private static async Task<IEnumerable<Remark>> UndescribedAsync(NewsroomDb db, StoryText text, CopyText copy, CancellationToken ct)
    {
        var known = await db.Pictures.Where(p => p.Id == text.PictureId).Select(p => p.Alt).SingleOrDefaultAsync(ct) ?? "";
        return PictureAdvice.WhatIsAskedFor(text, copy).Select(asked => asked.Field switch
        {
            "picture-alt" when known.Length > 0 => Stopping(asked) with { Mends = [new Mend.Rewrite("Describe it as in the library", "picture-alt", new(0, 0), "", known)] },
            "copy" when Undescribed().Match(text.Copy) is { Success: true } picture => Stopping(asked) with { Place = new(picture.Index, picture.Index + picture.Length) },
            _ => Stopping(asked),
        });
    }

    private static Remark OnPicture(StoryText text, Missing advice, Picture? about) => new(false, advice.Field, advice.Sentence)
    {
        Place = advice.Field == "copy" && PlaceOf(text.Copy, about) is { Success: true } place ? new(place.Index, place.Index + place.Length) : null,
        Mends = about is null ? [] : [new Mend.Open("Open the picture’s page", string.Create(null, $"/desk/pictures/{about.Id}"))],
    };

    private static Match? PlaceOf(string copy, Picture? picture) => picture is null ? null : Regex.Match(copy, string.Create(null, $@"!\[[^\]]*\]\(\s*picture:{picture.Id}\b[^)]*\)"), RegexOptions.IgnoreCase);

    [GeneratedRegex(@"!\[\s*\]\(\s*picture:\d+[^)]*\)", RegexOptions.IgnoreCase)]
    private static partial Regex Undescribed();
}
