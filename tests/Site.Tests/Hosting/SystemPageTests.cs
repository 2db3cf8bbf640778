using System.Net;
using LondonDefender.Hosting.Checkup;
using LondonDefender.Paper;
using LondonDefender.Staff;

namespace LondonDefender.Tests.Hosting;

public sealed class SystemPageTests(SystemPageTests.NewsroomWithBackup newsroom) : IClassFixture<SystemPageTests.NewsroomWithBackup>
{
    public sealed class NewsroomWithBackup : Newsroom
    {
        public string Mark { get; } = Path.GetTempFileName();

        protected override IEnumerable<string> MoreSettings => [$"--Hosting:BackupMark={Mark}"];

        public override async ValueTask DisposeAsync()
        {
            await base.DisposeAsync();
            File.Delete(Mark);
        }
    }

    [Fact]
    public async Task A_chief_editor_sees_what_the_paper_runs_on_and_that_all_is_well()
    {
        using var chief = await newsroom.SignInAsync(Role.ChiefEditor);
        Assert.Equal(HttpStatusCode.OK, await newsroom.StatusOf("/"));

        var page = await chief.OpenAsync("/desk/system");

        Assert.Equal("All is well.", page.QuerySelector(".notice")?.TextContent);
        var words = page.QuerySelector("main")!.TextContent;
        Assert.All(
            ["PostgreSQL 1", Environment.MachineName, "in use of", "none follows this database", "are in", "Answers made afresh", "Texts saved by editors", newsroom.Mark, " free"],
            expected => Assert.Contains(expected, words, StringComparison.Ordinal));
        Assert.NotNull((await chief.OpenAsync("/desk/settings")).QuerySelector("main a[href='/desk/system']"));
    }

    [Fact]
    public void Minutes_pass_out_of_sight_one_by_one()
    {
        var clock = new MovableClock(Edition.Morning);
        using var minutes = new LastMinutes(clock);
        _ = minutes.StartAsync(default);
        var before = Conflicts(minutes, LastMinutes.Kept);

        PaperMeters.SaveConflicts.Add(3);
        clock.MoveBy(TimeSpan.FromMinutes(5));
        PaperMeters.SaveConflicts.Add(4);

        Assert.InRange(Conflicts(minutes, 1), 4, 6);
        Assert.True(Conflicts(minutes, LastMinutes.Kept) >= before + 7);
        clock.MoveBy(TimeSpan.FromMinutes(LastMinutes.Kept));
        Assert.InRange(Conflicts(minutes, LastMinutes.Kept), 0, 2);
    }

    private static long Conflicts(LastMinutes minutes, int asked) =>
        minutes.Of(asked).Single(measured => measured.Description == PaperMeters.SaveConflicts.Description).Count;
}
