using System.Diagnostics;
using System.Text;
using LondonDefender.Paper;

namespace LondonDefender.Pictures;

/// <summary>
/// libvips' command line programs. All decoding and drawing happens in them, outside this process: with an end to their time, memory and
/// output, an empty environment, in a folder of their own, and never more of them at once than there are cores. The newsroom and its
/// readers stand in lines of their own, so that no crowd at the one keeps the other waiting.
/// </summary>
public sealed class PictureTools : IDisposable
{
    public const string WhatToInstall =
        "The paper cannot unpack pictures yet: its machine has no libvips. On Debian and Ubuntu, “apt-get install libvips-tools” brings it; nothing has to be started again.";

    public const string TooManyAtOnce = "Too many pictures are being worked on just now. Please try again in a moment.";

    /// <summary>How many may stand in line. More would only wait until whoever asked has gone.</summary>
    public const int LongestQueue = 64;

    private static readonly string[] UsualFolders = ["/usr/bin", "/usr/local/bin", "/opt/homebrew/bin"];

    private readonly Line newsroom = new(), readers = new();

    /// <summary>At the bench at once, of each line.</summary>
    public static int Places => (Environment.ProcessorCount + 1) / 2;

    /// <summary>In line, newsroom and readers together.</summary>
    public int Waiting => newsroom.Waiting + readers.Waiting;

    /// <summary>Asked anew each time, so that installing is all there is to do.</summary>
    public bool IsInstalled => File.Exists("/bin/sh") && Find("vips") is not null && Find("vipsheader") is not null;

    /// <summary>A turn at the bench, given back when it is disposed.</summary>
    /// <exception cref="DarkroomFull">So many wait already that it is better to say so.</exception>
    public Task<Darkroom> EnterAsync(Workplace workplace, CancellationToken ct) => newsroom.EnterAsync(workplace, ct);

    /// <summary>The same for what anybody outside may ask for.</summary>
    /// <inheritdoc cref="EnterAsync"/>
    public Task<Darkroom> EnterForReadersAsync(Workplace workplace, CancellationToken ct) => readers.EnterAsync(workplace, ct);

    internal static string? Find(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Concat(UsualFolders).Select(place => Path.Combine(place, program)).FirstOrDefault(File.Exists);

    public void Dispose()
    {
        newsroom.Dispose();
        readers.Dispose();
    }

    private sealed class Line : IDisposable
    {
        private readonly SemaphoreSlim turns = new(Places);
        private int waiting;

        public int Waiting => Volatile.Read(ref waiting);

        public async Task<Darkroom> EnterAsync(Workplace workplace, CancellationToken ct)
        {
            if (Interlocked.Increment(ref waiting) > LongestQueue)
            {
                Interlocked.Decrement(ref waiting);
                throw new DarkroomFull();
            }

            PaperMeters.PicturesWaiting.Add(1);
            try
            {
                await turns.WaitAsync(ct);
            }
            finally
            {
                PaperMeters.PicturesWaiting.Add(-1);
                Interlocked.Decrement(ref waiting);
            }

            return new Darkroom(workplace, () => turns.Release());
        }

        public void Dispose() => turns.Dispose();
    }
}

/// <summary>One turn of work with the tools.</summary>
public sealed class Darkroom(Workplace workplace, Action leave) : IAsyncDisposable
{
    private const int LongestAnswer = 6 * 1024 * 1024;
    private static readonly TimeSpan LongestWork = TimeSpan.FromSeconds(120);

    private readonly long entered = Stopwatch.GetTimestamp();

    // Where a system knows one of the limits not, the others hold. Memory is in kilobytes, what may be written in blocks of 512 bytes.
    private const string Limits = "ulimit -c 0; ulimit -t 45; ulimit -v 1572864 2>/dev/null; ulimit -f 4194304; ulimit -n 256; exec \"$@\"";

    /// <inheritdoc cref="Workplace.File"/>
    public string File(string name) => workplace.File(name);

    /// <summary>Work on a file from outside: only by those of libvips' readers that are built for files from strangers.</summary>
    public Task<ToolAnswer> RunAsync(string program, IReadOnlyList<string> arguments, CancellationToken ct) => RunAsync(program, arguments, isOurs: false, ct);

    /// <summary>Work on a drawing we made ourselves, for which there is no safe reader; nothing from outside may come here.</summary>
    public Task<ToolAnswer> DrawAsync(IReadOnlyList<string> arguments, CancellationToken ct) => RunAsync("vips", arguments, isOurs: true, ct);

    private async Task<ToolAnswer> RunAsync(string program, IReadOnlyList<string> arguments, bool isOurs, CancellationToken ct)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", Limits, "sh", .. Politely(), PictureTools.Find(program) ?? program, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = workplace.Path,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        start.Environment.Clear();
        start.Environment["LC_ALL"] = "C";
        start.Environment["HOME"] = start.Environment["TMPDIR"] = workplace.Path;
        start.Environment["VIPS_CONCURRENCY"] = "1";
        start.Environment["VIPS_DISC_THRESHOLD"] = "64m";
        if (!isOurs)
            start.Environment["VIPS_BLOCK_UNTRUSTED"] = "1";

        using var traced = PaperMeters.Work.StartActivity("darkroom")?.SetTag("program", program);
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(ct);
        end.CancelAfter(LongestWork);
        try
        {
            var said = await Task.WhenAll(ReadAsync(process.StandardOutput, end.Token), ReadAsync(process.StandardError, end.Token));
            await process.WaitForExitAsync(end.Token);
            return new(process.ExitCode, said[0], said[1]);
        }
        catch (OperationCanceledException)
        {
            // One process, for shell and nice each become the next. Ending a whole tree stops it first, and a paper that goes down
            // at that moment would leave it standing there for good.
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
            ct.ThrowIfCancellationRequested();
            return new(ToolAnswer.Killed, "", "It took too long.");
        }
    }

    /// <summary>Pages come first.</summary>
    private static string[] Politely() => PictureTools.Find("nice") is { } nice ? [nice, "-n", "3"] : [];

    private static async Task<string> ReadAsync(StreamReader said, CancellationToken ct)
    {
        var kept = new StringBuilder();
        var buffer = new char[8192];
        while (await said.ReadAsync(buffer, ct) is > 0 and var count)
            kept.Append(buffer, 0, Math.Min(count, LongestAnswer - kept.Length));
        return kept.ToString();
    }

    public ValueTask DisposeAsync()
    {
        PaperMeters.DarkroomWork.Record(Stopwatch.GetElapsedTime(entered).TotalSeconds);
        leave();
        return ValueTask.CompletedTask;
    }
}

/// <summary>How a tool ended, and what it said.</summary>
public sealed record ToolAnswer(int ExitCode, string Output, string Complaint)
{
    internal const int Killed = 137;
    private const int OutOfTime = 128 + 24;

    public bool Succeeded => ExitCode == 0;

    public bool TookTooLong => ExitCode is Killed or OutOfTime;

    public string LastWords => Complaint.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault("it said nothing");
}

/// <summary>So much work waits that more would only wait in vain.</summary>
public sealed class DarkroomFull() : Exception(PictureTools.TooManyAtOnce);
