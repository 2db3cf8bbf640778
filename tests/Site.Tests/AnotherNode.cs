namespace LondonDefender.Tests;

/// <summary>The paper once more, on the same database and under the same clock, as behind a balancer.</summary>
/// <param name="folder">The data folder, where the node is one that is started again; else it has its own.</param>
public sealed class AnotherNode(Newsroom first, string? folder = null) : Newsroom
{
    public static async Task<AnotherNode> StartAsync(Newsroom first, string? folder = null)
    {
        var node = new AnotherNode(first, folder) { Clock = first.Clock };
        await node.InitializeAsync();
        return node;
    }

    public override string DataFolder => folder ?? base.DataFolder;

    protected override IEnumerable<string> MoreSettings => first.Settings;

    protected override Task<string> FindDatabaseAsync() => Task.FromResult(first.ConnectionString);

    protected override Task FillAsync() => Task.CompletedTask;
}
