using LondonDefender.Tests;
using LondonDefender.Wire;

namespace LondonDefender.BrowserTests;

/// <summary>
/// The newsroom at nine this morning. The clock stands still, but not in another year: a browser throws a cookie away once its own
/// clock says that it has run out.
/// </summary>
public class ThisMorning : Newsroom
{
    public ThisMorning() => Clock = new(new DateTimeOffset(TimeProvider.System.GetUtcNow().Date, TimeSpan.Zero).AddHours(9));
}

/// <summary>The same as a first start leaves it: the demo edition is in, nobody works here yet.</summary>
public class FirstStart : ThisMorning
{
    protected override Task FillAsync() => DemoEdition.LoadIntoEmptyAsync(Services);
}
