using LondonDefender.Benchmarks;

namespace LondonDefender.FaultTests;

/// <summary>The machine with the primary is gone, and the replica takes its place.</summary>
public sealed class PrimaryLostTests(PrintedPaper printed)
{
    [Fact]
    public async Task When_the_primary_is_lost_reading_never_stops_and_writing_goes_on_with_every_save_that_was_acknowledged()
    {
        await using var databases = await PrimaryAndReplica.StartAsync(printed);
        await using var node = await PaperNode.StartAsync(databases.ConnectionString);
        var pages = await KnownPages.ReadAllAsync(node.Address);
        await using var editors = await Editors.BeginAsync(node.Address);
        await using var readers = Readers.Begin(node.Address, pages);
        await editors.SaveOnceMoreAsync();

        await databases.KillPrimaryAsync();
        await Lasting.ForSecondsAsync(3);
        await databases.PromoteAsync();

        var took = await Until.Async("the newsroom writes again", async () =>
        {
            await editors.SaveOnceMoreAsync();
            return true;
        });
        TestContext.Current.TestOutputHelper?.WriteLine(Numbers.Say($"writing again {took.TotalSeconds:F1} s after the promotion"));
        await editors.LeaveAsync();
        await readers.LeaveAsync();
        Assert.InRange(took.TotalSeconds, 0, 30);
        readers.NobodyMissedAnything();
        await editors.NothingWasLostAsync(databases.ConnectionStringOfReplica);
        editors.NobodyWaitedLong(readers.SignsOfLife.Max());
    }
}
