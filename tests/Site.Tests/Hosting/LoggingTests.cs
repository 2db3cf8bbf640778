using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LondonDefender.Tests.Hosting;

public sealed class LoggingTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    /// <summary>As long as anybody listens to it, the server begins a trace and a scope for each request: a kilobyte for every page that is only given out.</summary>
    [Fact]
    public void Nobody_listens_to_the_servers_own_log_of_requests() =>
        Assert.False(newsroom.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Microsoft.AspNetCore.Hosting.Diagnostics").IsEnabled(LogLevel.Critical));
}
