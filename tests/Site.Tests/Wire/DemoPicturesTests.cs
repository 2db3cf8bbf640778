using System.Net;
using LondonDefender.Tests.Pictures;
using LondonDefender.Wire;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace LondonDefender.Tests.Wire;

/// <summary>The drawings of the demo edition arrive when the paper is up already, and leave no trace of having been late.</summary>
public sealed class DemoPicturesTests(DemoNewsroom newsroom) : IClassFixture<DemoNewsroom>
{
    [Fact]
    public async Task They_stand_in_stories_that_do_not_look_changed_and_arrive_once()
    {
        Vips.IsNeeded();
        var pictures = newsroom.Services.GetRequiredService<DemoPictures>();
        var before = await StoriesAsync();

        await pictures.ArriveAsync(CancellationToken.None, most: 3);
        await pictures.ArriveAsync(CancellationToken.None, most: 3);

        await using var db = await newsroom.OpenDbAsync();
        var arrived = await db.Pictures.AsNoTracking().ToListAsync();
        Assert.Equal(3, arrived.Count);
        Assert.All(arrived, picture => Assert.True(picture.Alt.Length > 0 && picture.Credit.Length > 0));
        Assert.Equal(before, await StoriesAsync());
        var lead = await db.Stories.Where(s => s.Draft.PictureId != null).OrderBy(s => s.Id).FirstAsync();
        var page = await newsroom.ReadStoryAsync(lead.Id);
        var address = page.QuerySelector("main picture img")!.GetAttribute("src")!;
        Assert.Equal(HttpStatusCode.OK, await newsroom.StatusOf(address));
        // One of the first three stands inside a story's copy.
        Assert.Contains(await db.Stories.Select(s => s.Draft.Copy).ToListAsync(), copy => arrived.Any(p => copy.Contains($"(picture:{p.Id} ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task One_that_was_taken_out_of_its_story_stays_out()
    {
        Vips.IsNeeded();
        var pictures = newsroom.Services.GetRequiredService<DemoPictures>();
        await pictures.ArriveAsync(CancellationToken.None, most: 3);
        await using var db = await newsroom.OpenDbAsync();
        var lead = await db.Stories.AsNoTracking().Where(s => s.Draft.PictureId != null).OrderByDescending(s => s.Id).FirstAsync();
        await newsroom.RewriteAsync(lead.Id, text => text with { PictureId = null });

        await pictures.ArriveAsync(CancellationToken.None, most: 3);

        Assert.Null((await db.Stories.AsNoTracking().SingleAsync(s => s.Id == lead.Id)).Draft.PictureId);
        await newsroom.RewriteAsync(lead.Id, text => text with { PictureId = lead.Draft.PictureId });
    }

    private async Task<List<string>> StoriesAsync()
    {
        await using var db = await newsroom.OpenDbAsync();
        var stories = await db.Stories.OrderBy(s => s.Id).Select(s => new { s.Id, s.RevisionNumber, s.PublishedNumber, s.SavedAt, s.UpdatedAt, s.PublishAt }).ToListAsync();
        return [.. stories.Select(story => story.ToString()!)];
    }
}
