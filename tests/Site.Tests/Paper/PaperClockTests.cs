using FsCheck;
using FsCheck.Fluent;
using LondonDefender.Paper;

namespace LondonDefender.Tests.Paper;

public sealed class PaperClockTests
{
    private static readonly PaperClock London = new(TimeZoneInfo.FindSystemTimeZoneById("Europe/London"));

    [Theory]
    [InlineData("2026-03-29T00:59", "2026-03-29T00:59Z")]
    [InlineData("2026-03-29T01:00", "2026-03-29T01:00Z")]
    [InlineData("2026-03-29T01:30", "2026-03-29T01:30Z")]
    [InlineData("2026-03-29T02:00", "2026-03-29T01:00Z")]
    [InlineData("2026-10-25T00:59", "2026-10-24T23:59Z")]
    [InlineData("2026-10-25T01:00", "2026-10-25T00:00Z")]
    [InlineData("2026-10-25T01:30", "2026-10-25T00:30Z")]
    [InlineData("2026-10-25T02:00", "2026-10-25T02:00Z")]
    public void A_wall_clock_time_is_one_moment_on_the_nights_the_clocks_change_too(string wallClock, string moment)
    {
        var at = London.AtLocal(DateTime.Parse(wallClock, null));

        Assert.Equal(DateTimeOffset.Parse(moment, null), at);
    }

    [Theory]
    [InlineData("2026-03-29", 23)]
    [InlineData("2026-06-01", 24)]
    [InlineData("2026-10-25", 25)]
    public void A_day_has_the_hours_its_clocks_give_it(string date, int hours)
    {
        var day = DateOnly.Parse(date, null);

        Assert.Equal(hours, (London.StartOf(day.AddDays(1)) - London.StartOf(day)).TotalHours);
    }

    [Fact]
    public void Half_past_midnight_in_summer_belongs_to_the_local_day()
    {
        var night = DateTimeOffset.Parse("2026-06-30T23:30Z", null);

        Assert.Equal(new DateOnly(2026, 7, 1), London.Day(night));
        Assert.Equal("1 July 2026, 00:30 BST", London.DateAndTime(night));
    }

    [Fact]
    public void Zones_without_a_short_name_are_shown_by_their_offset()
    {
        var kolkata = new PaperClock(TimeZoneInfo.FindSystemTimeZoneById("Asia/Kolkata"));
        var utc = new PaperClock(TimeZoneInfo.Utc);

        Assert.Equal("1 July 2026, 05:00 UTC+05:30", kolkata.DateAndTime(DateTimeOffset.Parse("2026-06-30T23:30Z", null)));
        Assert.Equal("UTC", utc.ZoneName(Edition.Morning));
    }

    [Theory]
    [InlineData("Europe/London")]
    [InlineData("America/St_Johns")]
    [InlineData("Australia/Lord_Howe")]
    [InlineData("Pacific/Apia")]
    [InlineData("Africa/Cairo")]
    [InlineData("UTC")]
    public void What_a_clock_shows_leads_back_to_the_moment(string zone)
    {
        var clock = new PaperClock(TimeZoneInfo.FindSystemTimeZoneById(zone));
        // Apia left out a whole day at the end of 2011, which has no beginning; no paper here is as old.
        var first = new DateTimeOffset(2012, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var minutes = Gen.Choose(0, 40 * 365 * 24 * 60).ToArbitrary();

        Prop.ForAll(minutes, minute =>
        {
            var moment = first.AddMinutes(minute);
            var back = clock.AtLocal(clock.Local(moment).DateTime);
            var comesTwice = clock.Local(back).DateTime == clock.Local(moment).DateTime && back < moment;

            return (back == moment || comesTwice)
                && DateTimeOffset.Parse(clock.Machine(moment), null) == moment
                && clock.StartOf(clock.Day(moment)) <= moment
                && clock.StartOf(clock.Day(moment).AddDays(1)) > moment;
        }).QuickCheckThrowOnFailure();
    }
}
