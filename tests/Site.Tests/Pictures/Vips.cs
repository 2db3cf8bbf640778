using System.Diagnostics;
using LondonDefender.Pictures;

namespace LondonDefender.Tests.Pictures;

/// <summary>libvips' programs, as a photographer's machine would use them: they make the files that tests send in, and look at what comes out.</summary>
internal static class Vips
{
    /// <summary>Skips on a laptop without libvips, with a word on what to install. Where everything must be tried, that is a failure.</summary>
    public static void IsNeeded()
    {
        using var tools = new PictureTools();
        if (Environment.GetEnvironmentVariable("CI") != "true")
            Assert.SkipUnless(tools.IsInstalled, "libvips is not installed: apt-get install libvips-tools");
    }

    /// <summary>A bright scene with a dark spot at the right edge, by its file's name: photo.jpg, photo.avif…</summary>
    public static Task<byte[]> PhotoAsync(string name, int width = 900, int height = 600) => MadeAsync(name, async file =>
    {
        await RunAsync("vips", "perlin", file("noise.v"), $"{width}", $"{height}", "--cell-size", "64");
        await RunAsync("vips", "linear", file("noise.v"), file("grey.v"), "60", "150", "--uchar");
        await RunAsync("vips", "bandjoin", $"{file("grey.v")} {file("grey.v")} {file("grey.v")}", file("bands.v"));
        await RunAsync("vips", "copy", file("bands.v"), file("scene.v"), "--interpretation", "srgb");
        await RunAsync("vips", "draw_rect", file("scene.v"), "0 0 0", $"{width * 9 / 10}", $"{height * 2 / 5}", $"{width / 10}", $"{height / 5}", "--fill");
        await RunAsync("vips", "copy", file("scene.v"), file(name));
    });

    /// <summary>One colour from edge to edge: small in its file, whatever its size.</summary>
    public static Task<byte[]> PlainAsync(string name, int width, int height, string options = "") => MadeAsync(name, async file =>
    {
        await RunAsync("vips", "black", file("black.v"), $"{width}", $"{height}", "--bands", "3");
        await RunAsync("vips", "copy", file("black.v"), file(name) + options);
    });

    /// <summary>The lines of `vipsheader -a`.</summary>
    public static Task<string> HeaderAsync(byte[] picture) => LookAsync(picture, (file, _) => RunAsync("vipsheader", "-a", file));

    public static async Task<(int Width, int Height)> SizeAsync(byte[] picture)
    {
        var lines = (await HeaderAsync(picture)).Split('\n');
        int Number(string name) => int.Parse(lines.First(line => line.StartsWith(name, StringComparison.Ordinal))[name.Length..], System.Globalization.CultureInfo.InvariantCulture);
        return (Number("width: "), Number("height: "));
    }

    /// <summary>How bright it is at a point, in fractions of its width and height.</summary>
    public static async Task<double> BrightnessAsync(byte[] picture, double x, double y)
    {
        var (width, height) = await SizeAsync(picture);
        var point = await LookAsync(picture, (file, _) => RunAsync("vips", "getpoint", file, $"{(int)(x * (width - 1))}", $"{(int)(y * (height - 1))}"));
        return double.Parse(point.Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture);
    }

    private static async Task<byte[]> MadeAsync(string name, Func<Func<string, string>, Task> make)
    {
        var folder = Directory.CreateTempSubdirectory("defender-photo-").FullName;
        try
        {
            await make(file => Path.Combine(folder, file));
            return await File.ReadAllBytesAsync(Path.Combine(folder, name));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<string> LookAsync(byte[] picture, Func<string, string, Task<string>> look)
    {
        var folder = Directory.CreateTempSubdirectory("defender-photo-").FullName;
        try
        {
            var file = Path.Combine(folder, "picture");
            await File.WriteAllBytesAsync(file, picture);
            return await look(file, folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["VIPS_CONCURRENCY"] = "1";
        using var process = Process.Start(start)!;
        var said = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)}: {said[1]}");
        return said[0];
    }
}
