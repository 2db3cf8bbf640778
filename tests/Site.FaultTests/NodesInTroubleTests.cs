using System.Net;

namespace LondonDefender.FaultTests;

/// <summary>What can happen to a node of three behind a balancer, while readers read and editors write.</summary>
public sealed class NodesInTroubleTests(PrintedPaper printed)
{
    [Fact]
    public Task A_node_killed_where_it_stands_costs_no_page_and_no_letter() => BreakAsync(async nodes =>
    {
        await nodes[0].KillAsync();
        await Lasting.ForSecondsAsync(2);
        await nodes[0].StartAgainAsync();
    });

    [Fact]
    public Task Nodes_drained_one_after_the_other_as_a_deploy_does_cost_no_page_and_no_letter() => BreakAsync(async nodes =>
    {
        foreach (var node in nodes.Take(Lasting.IsLong ? nodes.Count : 2))
        {
            await node.DrainAsync();
            await node.StartAgainAsync();
            await Until.Async("the node is ready", node.IsReadyAsync);
        }
    });

    [Fact]
    public async Task A_node_started_while_the_database_is_down_gives_out_the_last_good_paper()
    {
        await using var postgres = await PostgresOfSeveral.OpenAsync(printed);
        await using var node = await PaperNode.StartAsync(postgres.ConnectionString);
        var pages = await KnownPages.ReadAllAsync(node.Address);
        await using (var editors = await Editors.BeginAsync(node.Address))
        {
            await editors.SaveOnceMoreAsync();
            await editors.LeaveAsync();
        }

        await node.DrainAsync();
        await postgres.StopAsync();

        node.Launch();
        var took = await Until.Async("the front page is there", async () => await node.StatusAsync("/") == HttpStatusCode.OK);
        TestContext.Current.TestOutputHelper?.WriteLine($"the front page without a database: {took.TotalMilliseconds:F0} ms after the start");
        await using var readers = Readers.Begin(node.Address, pages);
        await Lasting.ForSecondsAsync(3);
        Assert.False(await node.IsReadyAsync());

        await postgres.StartAsync();

        await Until.Async("the node is ready", node.IsReadyAsync);
        await readers.LeaveAsync();
        readers.NobodyMissedAnything();
        await Until.Async("the newsroom is open", async () => await node.StatusAsync("/desk/sign-in") == HttpStatusCode.OK);
        await using var back = await Editors.BeginAsync(node.Address);
        await back.SaveOnceMoreAsync();
    }

    private async Task BreakAsync(Func<IReadOnlyList<PaperNode>, Task> trouble)
    {
        await using var postgres = await PostgresOfSeveral.OpenAsync(printed);
        await using var first = await PaperNode.StartAsync(postgres.ConnectionString);
        await using var second = await PaperNode.StartAsync(postgres.ConnectionString);
        await using var third = await PaperNode.StartAsync(postgres.ConnectionString);
        await using var balancer = await Balancer.StartAsync(first, second, third);
        var pages = await KnownPages.ReadAllAsync(first.Address);
        await KnownPages.ReadAllAsync(second.Address);
        await KnownPages.ReadAllAsync(third.Address);
        await using var editors = await Editors.BeginAsync(balancer.Address, 3);
        await using var readers = Readers.Begin(balancer.Address, pages);
        await editors.SaveOnceMoreAsync();

        await trouble([first, second, third]);

        await editors.SaveOnceMoreAsync();
        await editors.LeaveAsync();
        await readers.LeaveAsync();
        // A node that has just started makes its first pages slowly, and how slowly is the machine's affair: see what is printed.
        readers.NobodyWasRefused();
        await editors.NothingWasLostAsync(postgres.ConnectionString);
    }
}
