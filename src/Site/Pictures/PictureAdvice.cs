using LondonDefender.Copy;
using LondonDefender.Data;
using LondonDefender.Stories;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Pictures;

/// <summary>What there is to say about a story's pictures before readers see them.</summary>
public static class PictureAdvice
{
    /// <summary>Narrower than this, search engines and those who share a story show it small.</summary>
    public const int NarrowestMain = 1_200;

    /// <summary>What an editor is asked for before publishing.</summary>
    public static IReadOnlyList<Missing> WhatIsAskedFor(StoryText text, CopyText copy)
    {
        List<Missing> asked = [];
        if (text.PictureId is not null && text.PictureAlt.Length == 0)
            asked.Add(new("picture-alt", "The main picture is not described yet for those who cannot see it."));
        if (copy.Pictures.Count(picture => picture.Alt.Length == 0) is > 0 and var mute)
            asked.Add(new("copy", mute == 1
                ? "A picture in the copy is not described yet for those who cannot see it: write it between its square brackets."
                : $"{mute} pictures in the copy are not described yet for those who cannot see them: write it between their square brackets."));
        return asked;
    }

    /// <summary>Nothing that stops publishing, but worth a look.</summary>
    public static async Task<IReadOnlyList<Missing>> OnAsync(NewsroomDb db, StoryText text, CopyText copy, DateTimeOffset now, CancellationToken ct) =>
        [.. (await OnEachAsync(db, text, copy, now, ct)).Select(about => about.Advice)];

    /// <summary>The same, and which picture each is about; null where there is none of that number.</summary>
    public static async Task<IReadOnlyList<(Missing Advice, Picture? About)>> OnEachAsync(NewsroomDb db, StoryText text, CopyText copy, DateTimeOffset now, CancellationToken ct)
    {
        int[] inCopy = [.. copy.Pictures.Select(picture => picture.PictureId).Distinct()];
        var pictures = await db.Pictures.AsNoTracking().Where(p => p.Id == text.PictureId || inCopy.Contains(p.Id)).ToListAsync(ct);
        var main = pictures.Find(picture => picture.Id == text.PictureId);
        List<(Missing, Picture?)> advice = [];
        if (main is not null)
            advice.AddRange(On("picture", "The main picture", main, now));
        if (main?.Width < NarrowestMain)
            advice.Add((new("picture", $"The main picture is {main.Width} pixels wide; from {NarrowestMain} on, search engines show it large."), main));
        foreach (var picture in inCopy.Select(id => pictures.Find(p => p.Id == id)).OfType<Picture>().Where(picture => picture != main))
            advice.AddRange(On("copy", $"Picture {picture.Id} in the copy", picture, now));
        foreach (var id in inCopy.Where(id => pictures.TrueForAll(picture => picture.Id != id)))
            advice.Add((new("copy", $"There is no picture {id}, so readers see nothing in its place."), null));

        return advice;
    }

    private static IEnumerable<(Missing, Picture?)> On(string field, string name, Picture picture, DateTimeOffset now)
    {
        if (picture.RightsUntil <= now)
            yield return (new(field, $"{name} will not be seen by readers: the rights to it have ended."), picture);
        if (picture.Credit.Length == 0)
            yield return (new(field, $"{name} has no credit."), picture);
    }
}
