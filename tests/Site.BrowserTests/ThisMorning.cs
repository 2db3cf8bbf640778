using LondonDefender.Tests;
using LondonDefender.Wire;
using Microsoft.Extensions.DependencyInjection;

namespace LondonDefender.BrowserTests;

/// <summary>
/// The whole paper with the small known edition, at nine this morning. The clock stands still, but not in another year: a browser
/// throws a cookie away once its own clock says that it has run out.
/// </summary>
public sealed class ThisMorning : IAsyncLifetime
{
    public Newsroom Newsroom { get; } = new() { Clock = NineOClock() };

    public ValueTask InitializeAsync() => Newsroom.InitializeAsync();

    public ValueTask DisposeAsync() => Newsroom.DisposeAsync();

    internal static MovableClock NineOClock() => new(new DateTimeOffset(TimeProvider.System.GetUtcNow().Date, TimeSpan.Zero).AddHours(9));
}

/// <summary>The whole paper as a first start leaves it: the demo edition is in, nobody works here yet.</summary>
public sealed class FirstStart : IAsyncLifetime
{
    public Newsroom Newsroom { get; } = new() { Clock = ThisMorning.NineOClock(), IsEmpty = true };

    public async ValueTask InitializeAsync()
    {
        await Newsroom.InitializeAsync();
        await Newsroom.Services.GetRequiredService<DemoEdition>().LoadIntoEmptyAsync();
    }

    public ValueTask DisposeAsync() => Newsroom.DisposeAsync();
}
