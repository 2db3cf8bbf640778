using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace LondonDefender.Tests.Data;

public sealed class NewsroomDbTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    [Fact]
    public async Task The_migrations_make_the_database_the_model_means()
    {
        await using var db = await newsroom.OpenDbAsync();

        Assert.False(db.Database.HasPendingModelChanges());
        Assert.Empty(await db.Database.GetPendingMigrationsAsync());
    }

    [Fact]
    public async Task The_database_too_holds_an_embargo()
    {
        var due = newsroom.Clock.GetUtcNow().AddDays(2);
        var id = await newsroom.PublishAsync(Edition.Told("Held twice over", "H."), due);
        await newsroom.Desk.EmbargoAsync(id, due);
        await using var db = await newsroom.OpenDbAsync();

        var refusal = await Assert.ThrowsAsync<PostgresException>(() =>
            db.Database.ExecuteSqlAsync($"UPDATE stories SET publish_at = now() - interval '100 years' WHERE id = {id}"));

        Assert.Equal("embargo_holds", refusal.ConstraintName);
    }
}
