using System.Net;
using LondonDefender.Hosting;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Tests.Hosting;

/// <summary>While nodes are replaced one after the other, those of the version before work on a database that is newer than they.</summary>
public sealed class UpgradeTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    [Fact]
    public async Task The_version_before_works_on_beside_a_newer_one()
    {
        await using (var db = await newsroom.OpenDbAsync())
        {
            await db.Database.ExecuteSqlAsync($"ALTER TABLE stories ADD COLUMN mood text NOT NULL DEFAULT 'calm'");
            await db.Database.ExecuteSqlAsync($"CREATE TABLE moods (name text PRIMARY KEY)");
            await db.Database.ExecuteSqlAsync($"""INSERT INTO "__EFMigrationsHistory" VALUES ('29990101000000_Moods', '99.0.0')""");
        }

        await using var node = await AnotherNode.StartAsync(newsroom);
        await NewsroomDatabase.MigrateAsync(node.Services);
        var id = await node.PublishAsync(Edition.BridgeOpens);
        await node.RepublishAsync(id, text => text with { Headline = "Bridge over the Wend is painted" });

        Assert.Equal("Bridge over the Wend is painted", (await newsroom.ReadStoryAsync(id)).QuerySelector("h1")!.TextContent.Trim());
        Assert.Equal(HttpStatusCode.OK, await node.StatusOf("/health/ready"));
    }
}
