namespace LondonDefender.Tests;

public class FirstTest
{
    [Fact]
    public void Runs() => Assert.True(typeof(Bunit.BunitContext).Assembly is not null);
}
