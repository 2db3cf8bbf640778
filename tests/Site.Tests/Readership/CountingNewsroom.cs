using LondonDefender.Readership;
using LondonDefender.Stories;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace LondonDefender.Tests.Readership;

/// <summary>A newsroom that looks at what was counted.</summary>
public class CountingNewsroom : Newsroom
{
    private int number;

    public TallyWriter Writer => Services.GetRequiredService<TallyWriter>();

    /// <summary>Publishes a story of its own words, and gives its address.</summary>
    public async Task<string> PublishStoryAsync(string copy = "Nothing leads on from here.", Func<StoryText, StoryText>? change = null)
    {
        var text = Edition.Told($"Story number {++number} of the count", copy);
        return await AddressOfAsync(await PublishAsync(change is null ? text : change(text)));
    }

    public async Task<string> AddressOfAsync(int id) => $"/world/{id}/{(await StoryAsync(id)).Draft.AddressSlug}";

    public static int IdIn(string address) => int.Parse(address.Split('/')[2], System.Globalization.CultureInfo.InvariantCulture);

    public async Task<int> ReadsAsync(string address)
    {
        await Writer.WriteAsync();
        await using var db = await OpenDbAsync();
        var id = IdIn(address);
        return await db.StoryReads.Where(read => read.StoryId == id).SumAsync(read => read.Reads);
    }

    /// <summary>How often each block of a story was followed to another, as "block: times".</summary>
    public async Task<string> FollowsAsync(string from, string to)
    {
        await Writer.WriteAsync();
        await using var db = await OpenDbAsync();
        var (fromId, toId) = (IdIn(from), IdIn(to));
        var follows = await db.StoryFollows.Where(follow => follow.FromId == fromId && follow.ToId == toId).OrderBy(follow => follow.Block).ToListAsync();
        return string.Join(", ", follows.Select(follow => $"{follow.Block}: {follow.Follows}"));
    }
}
