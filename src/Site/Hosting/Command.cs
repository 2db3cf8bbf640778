using System.Diagnostics;

namespace LondonDefender.Hosting;

/// <summary>How a program ended, and what it said.</summary>
internal sealed record Command(int ExitCode, string Output)
{
    public bool Succeeded => ExitCode == 0;

    public string LastLine => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault("it said nothing");

    public static Task<Command> RunAsync(string program, IEnumerable<string> arguments, CancellationToken ct) =>
        RunAsync(new ProcessStartInfo(program, arguments), listen: true, ct);

    public static async Task<Command> RunAsync(ProcessStartInfo start, bool listen, CancellationToken ct)
    {
        start.RedirectStandardOutput = start.RedirectStandardError = listen;
        start.Environment["LC_ALL"] = "C";

        using var process = Process.Start(start)!;
        try
        {
            var said = listen
                ? await Task.WhenAll(process.StandardOutput.ReadToEndAsync(ct), process.StandardError.ReadToEndAsync(ct))
                : [];
            await process.WaitForExitAsync(ct);
            return new Command(process.ExitCode, string.Concat(said));
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }
}
