using System.Text.RegularExpressions;
using LondonDefender.Copy;

namespace LondonDefender.Tests.Copy;

public sealed partial class HouseStyleTests
{
    private static readonly string List = File.ReadAllText(Path.Combine(SourceTree.Site, "Copy", "house-style.txt"));
    private static readonly HouseStyle Ours = HouseStyle.Read(List);

    [Fact]
    public void Every_line_of_our_list_is_a_rule_a_heading_or_empty()
    {
        var lines = List.Split('\n').Where(line => line.Length > 0 && line[0] != '#').ToList();

        Assert.All(lines, line => Assert.True(HouseStyle.Read(line).Rules > 0, line));
        Assert.InRange(Ours.Rules, 150, int.MaxValue);
    }

    [Fact]
    public void What_the_list_asks_for_it_does_not_object_to() =>
        Assert.All(Better().Matches(List).Select(line => line.Groups[1].Value), better => Assert.Empty(Ours.On($"It is {better} here.")));

    [Theory]
    [InlineData("The color of the Internet.", "colour, internet")]
    [InlineData("Color it.", "Colour")]
    [InlineData("In order to win, he carried on.", "To")]
    [InlineData("COVID-19 and Nato.", "Covid")]
    [InlineData("Watercolor, colorful and multi-color stay.", "colour")]
    [InlineData("due to the\nfact that", "because")]
    [InlineData("See https://color.example/color and `color`.", "")]
    [InlineData("Sue Gray went to the Kennedy Center. Gray it was; the Internet. Internet cafés.", "Grey, internet")]
    [InlineData("It cost £1 million.", "£1m")]
    public void Remarks_say_what_to_write(string text, string expected) => Assert.Equal(expected, string.Join(", ", Ours.On(text).Select(remark => remark.Better)));

    [Fact]
    public void A_remark_stands_where_its_words_stand() => Assert.All(Ours.On("A theater, [a center](story:7) and *rumors* of the color gray."), remark => Assert.Equal(remark.Written.Length, remark.Length));

    [GeneratedRegex("^write ([^,]+), not", RegexOptions.Multiline)]
    private static partial Regex Better();
}
