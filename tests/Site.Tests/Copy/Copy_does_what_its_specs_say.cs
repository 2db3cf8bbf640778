namespace LondonDefender.Tests.Copy;

public class Copy_does_what_its_specs_say
{
    public static TheoryData<string> Examples => [.. SpecExample.All.Select(example => example.Name)];

    [Theory]
    [MemberData(nameof(Examples))]
    public void Example(string name)
    {
        var example = SpecExample.All.Single(example => example.Name == name);

        Assert.Equal(example.Expected, example.Outcome());
    }

    [Fact]
    public void The_specs_are_found() => Assert.True(SpecExample.All.Count >= 60, $"Only {SpecExample.All.Count} examples were found.");
}
