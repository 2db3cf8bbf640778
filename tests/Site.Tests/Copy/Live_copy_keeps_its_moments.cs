using System.Globalization;
using LondonDefender.Copy;

namespace LondonDefender.Tests.Copy;

public class Live_copy_keeps_its_moments
{
    [Fact]
    public void Entries_are_told_newest_first_with_their_text()
    {
        var copy = CopyText.Read(
            "Before.\n\n::: entry 2021-11-19 14:05 One\nFirst *words*.\n\nREAD MORE: x\n:::\n\n::: key entry 2021-11-19 14:20\nLast.\n\n::: quote\nLast.\n:::\n:::", ReadMoreLabels.Default);

        Assert.Equal(
            [
                new LiveEntry(new(2021, 11, 19), new(14, 20), "", true, "entry-20211119-1420", "Last."),
                new LiveEntry(new(2021, 11, 19), new(14, 5), "One", false, "entry-20211119-1405", "One\n\nFirst words."),
            ],
            copy.Entries);
        Assert.Equal(5, copy.WordCount);
    }

    [Fact]
    public void All_its_moments_can_be_moved_and_nothing_else()
    {
        const string Markdown = """
            ::: entry 2021-11-19 23:50 At 2021-11-19 23:50
            ::: entry 2021-11-19 14:05
            :::
            :::: Key  entry 2021-11-19T9.05
            - ::: entry 2021-11-19 14:05 in a list
            ::: entry 2021-11-31 14:05 no day
            ::: entry 2021-11-19 14:05x
            ::: facts 2021-11-19 14:05
            """;

        Assert.Equal("""
            ::: entry 2021-11-20 00:20 At 2021-11-19 23:50
            ::: entry 2021-11-19 14:35
            :::
            :::: Key  entry 2021-11-19 09:35
            - ::: entry 2021-11-19 14:05 in a list
            ::: entry 2021-11-31 14:05 no day
            ::: entry 2021-11-19 14:05x
            ::: facts 2021-11-19 14:05
            """, EntryStamp.MoveAll(Markdown, moment => moment.AddMinutes(30)));
    }

    [Fact]
    public void Whatever_moment_is_read_can_be_shown_in_any_zone()
    {
        foreach (var written in new[] { "0000-01-01 00:00", "0001-01-01 00:00", "1001-01-01 00:00", "8999-12-31 23:59", "9999-12-31 23:59", "2021-02-29 12:00", "2021-11-19 24:00", "٢٠٢١-11-19 14:05" })
        {
            foreach (var entry in CopyText.Read($"::: entry {written} x\n:::", ReadMoreLabels.Default).Entries)
                Assert.InRange(entry.Day.Year, 1001, 8999);
        }

        Assert.Equal("2024-02-29", CopyText.Read("::: entry 2024-02-29 12:00 x\n:::", ReadMoreLabels.Default).Entries[0].Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
    }
}
