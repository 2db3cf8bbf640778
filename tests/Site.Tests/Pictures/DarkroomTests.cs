using LondonDefender.Pictures;
using Microsoft.Extensions.DependencyInjection;

namespace LondonDefender.Tests.Pictures;

/// <summary>The place where strangers' files are unpacked: few at a time, within limits, and with nothing of ours in reach.</summary>
public sealed class DarkroomTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    private PicturesFolder Folder => newsroom.Services.GetRequiredService<PicturesFolder>();

    [Fact]
    public async Task When_too_many_wait_the_next_is_told_at_once_and_later_let_in()
    {
        using var tools = new PictureTools();
        using var tray = Folder.NewWorkplace();
        var atWork = new List<Darkroom>();
        for (var place = 0; place < PictureTools.Places; place++)
            atWork.Add(await tools.EnterAsync(tray, CancellationToken.None));
        var inLine = Enumerable.Range(0, PictureTools.LongestQueue).Select(_ => tools.EnterAsync(tray, CancellationToken.None)).ToList();

        await Assert.ThrowsAsync<DarkroomFull>(() => tools.EnterAsync(tray, CancellationToken.None));
        Assert.All(inLine, waiting => Assert.False(waiting.IsCompleted));
        await (await tools.EnterForReadersAsync(tray, CancellationToken.None)).DisposeAsync();

        foreach (var darkroom in atWork)
            await darkroom.DisposeAsync();
        foreach (var waiting in inLine)
            await (await waiting).DisposeAsync();
        await (await tools.EnterAsync(tray, CancellationToken.None)).DisposeAsync();
    }

    [Fact]
    public async Task A_tool_sees_an_empty_environment_and_only_so_much_memory_and_time()
    {
        Vips.IsNeeded();
        using var tools = new PictureTools();
        using var tray = Folder.NewWorkplace();
        await using var darkroom = await tools.EnterAsync(tray, CancellationToken.None);

        var answer = await darkroom.RunAsync("/bin/sh", ["-c", "env; ulimit -v; ulimit -t; pwd"], CancellationToken.None);

        Assert.True(answer.Succeeded, answer.Complaint);
        Assert.DoesNotContain("ConnectionStrings", answer.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("PATH=/root", answer.Output, StringComparison.Ordinal);
        Assert.Contains("VIPS_BLOCK_UNTRUSTED=1", answer.Output, StringComparison.Ordinal);
        Assert.Matches(@"\n1572864\n45\n", answer.Output);
        Assert.EndsWith(Path.GetFileName(tray.Path) + "\n", answer.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_leaves_leaves_no_process_behind()
    {
        Vips.IsNeeded();
        using var tools = new PictureTools();
        using var tray = Folder.NewWorkplace();
        await using var darkroom = await tools.EnterAsync(tray, CancellationToken.None);
        using var left = new CancellationTokenSource();

        var work = darkroom.RunAsync("/bin/sh", ["-c", "echo $$ > pid; sleep 600"], left.Token);
        var pid = await PidAsync(tray.File("pid"));
        await left.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => work);
        Assert.False(Directory.Exists($"/proc/{pid}"), "The tool still runs.");
    }

    /// <summary>As soon as the tool has said it.</summary>
    private static async Task<string> PidAsync(string file)
    {
        while (true)
        {
            if (File.Exists(file) && await File.ReadAllTextAsync(file) is { Length: > 1 } pid)
                return pid.Trim();
            await Task.Yield();
        }
    }
}
