using System.Text.RegularExpressions;

namespace LondonDefender.Tests.HouseRules;

/// <summary>A setting nobody can read about is no setting.</summary>
public sealed partial class SettingsTests
{
    private static readonly string Table = string.Join('\n', File.ReadLines(Path.Combine(SourceTree.Root, "README.md")).Where(line => line.StartsWith("| `", StringComparison.Ordinal)));

    [Fact]
    public void Every_setting_of_an_options_class_stands_in_the_readme()
    {
        var settings = typeof(Program).Assembly.GetTypes()
            .Where(type => type.Name.EndsWith("Options", StringComparison.Ordinal) && type.Namespace?.StartsWith("LondonDefender", StringComparison.Ordinal) == true && !type.IsNested)
            .SelectMany(type => type.GetProperties().Where(p => p.SetMethod?.IsPublic == true).Select(p => $"{type.Name[..^"Options".Length]}:{p.Name}"))
            .ToList();

        Assert.True(settings.Count >= 4);
        Assert.All(settings, setting => Assert.Contains($"| `{setting}` |", Table, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_key_the_code_asks_for_stands_in_the_readme()
    {
        var keys = Directory.EnumerateFiles(SourceTree.Site, "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal) && !file.Contains("node_modules", StringComparison.Ordinal))
            .SelectMany(file => Asked().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value))
            .Concat(["urls", "ConnectionStrings:Newsroom", "Serilog:MinimumLevel:Default"])
            .Where(key => key is not ("http_ports" or "https_ports"))
            .Distinct().ToList();

        Assert.Contains("Wire:DemoEdition", keys);
        Assert.All(keys, key => Assert.Contains($"| `{key}` |", Table, StringComparison.Ordinal));
    }

    [Fact]
    public void The_readme_names_no_setting_that_is_none()
    {
        var source = string.Join('\n', Directory.EnumerateFiles(SourceTree.Site, "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText));

        foreach (var name in Named().Matches(Table).Select(match => match.Groups[1].Value).Where(name => name.StartsWith("Hosting:", StringComparison.Ordinal) || name.StartsWith("Paper:", StringComparison.Ordinal)))
            Assert.Matches($@"public \S+ {name.Split(':')[1]} {{ get; set; }}", source);
    }

    [GeneratedRegex("""(?:GetValue(?:<\w+>)?\(|[Cc]onfiguration\[|settings\[)"([\w:]+)"(?!\] = )""")]
    private static partial Regex Asked();

    [GeneratedRegex("""\| `([\w:]+)` \|""")]
    private static partial Regex Named();
}
