using LondonDefender.Hosting;
using Microsoft.Extensions.Configuration;

namespace LondonDefender.Tests.Hosting;

public sealed class HealthTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    [Theory]
    [InlineData(null, null, "http://127.0.0.1:5080/")]
    [InlineData(null, "8080", "http://127.0.0.1:8080/")]
    [InlineData(null, "8080;8081", "http://127.0.0.1:8080/")]
    [InlineData("http://+:7000;https://+:7001", "8080", "http://127.0.0.1:7000/")]
    [InlineData("http://0.0.0.0:7000", null, "http://127.0.0.1:7000/")]
    [InlineData("http://[::]:7000", null, "http://127.0.0.1:7000/")]
    [InlineData("http://127.0.0.2:7000", null, "http://127.0.0.2:7000/")]
    [InlineData("http://[::1]:7000", null, "http://[::1]:7000/")]
    public void The_paper_knows_where_it_answers_on_its_own_machine(string? urls, string? ports, string address)
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["urls"] = urls, ["http_ports"] = ports }).Build();

        Assert.Equal(address, PaperHost.OwnAddress(settings).ToString());
    }

    [Fact]
    public async Task A_running_paper_is_well()
    {
        Assert.Equal(0, await Health.AskAsync([$"--urls={newsroom.Address}"]));
    }

    [Fact]
    public async Task A_paper_that_does_not_answer_is_not()
    {
        Assert.Equal(1, await Health.AskAsync(["--urls=http://127.0.0.1:1"]));
    }
}
