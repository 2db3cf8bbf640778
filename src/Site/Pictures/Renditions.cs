using System.Collections.Concurrent;

namespace LondonDefender.Pictures;

/// <summary>Makes each rendition when it is first asked for, once however many ask at that moment, and keeps it.</summary>
public sealed class Renditions(PictureTools tools, PicturesFolder folder, PictureStore store, IHostApplicationLifetime life, ILogger<Renditions> log)
{
    private readonly ConcurrentDictionary<string, Lazy<Task>> beingMade = new();

    /// <exception cref="CannotMake">Not now, or not in this format.</exception>
    public Task<Stream> OpenAsync(Picture picture, Rendition wanted, CancellationToken ct) =>
        OpenAsync(wanted.Key(picture.AddressHash), (darkroom, stop) => MakeAsync(darkroom, picture, wanted, stop), ct);

    /// <summary>A picture of words alone, drawn by us.</summary>
    public Task<Stream> OpenAsync(ShareCard card, CancellationToken ct) => OpenAsync(card.Key, (darkroom, stop) => DrawAsync(darkroom, card, stop), ct);

    private async Task<Stream> OpenAsync(string key, Func<Darkroom, CancellationToken, Task<string>> make, CancellationToken ct)
    {
        if (await store.OpenAsync(key, ct) is { } kept)
            return kept;

        // Whoever asked first may leave; the others still want it.
        await beingMade.GetOrAdd(key, _ => new(() => Task.Run(() => MakeOnceAsync(key, make, life.ApplicationStopping), CancellationToken.None))).Value.WaitAsync(ct);
        return await store.OpenAsync(key, ct) ?? throw new CannotMake("It was made, and is gone again.");
    }

    private async Task MakeOnceAsync(string key, Func<Darkroom, CancellationToken, Task<string>> make, CancellationToken stop)
    {
        try
        {
            // Between the look and this moment another may have finished it.
            if (await store.HasAsync(key, stop))
                return;
            if (!tools.IsInstalled)
                throw new CannotMake(PictureTools.WhatToInstall);

            using var workplace = folder.NewWorkplace();
            await using var darkroom = await tools.EnterAsync(workplace, stop);
            await store.KeepAsync(key, darkroom.File(await make(darkroom, stop)), stop);
        }
        finally
        {
            beingMade.TryRemove(key, out _);
        }
    }

    private async Task<string> MakeAsync(Darkroom darkroom, Picture picture, Rendition wanted, CancellationToken ct)
    {
        if (!await store.FetchAsync(PictureStore.PrintKey(picture.FileHash), darkroom.File(Print.FileName), ct))
        {
            log.LogError("The print of picture {PictureId} is not in the store; sending the file in again brings it back", picture.Id);
            throw new CannotMake("Its print is missing.");
        }

        var cut = Cut.Of(picture, wanted);
        var file = $"made.{wanted.Format}";
        var asMade = file + SettingsOf(wanted);
        string[] shrink = ["thumbnail", Print.FileName, cut.IsWhole ? asMade : "shrunk.tif", $"{cut.FullWidth}", "--height", $"{cut.FullHeight}", "--size", "force"];
        await AskAsync(darkroom, shrink, ct);
        if (!cut.IsWhole)
            await AskAsync(darkroom, ["crop", "shrunk.tif", asMade, $"{cut.Left}", $"{cut.Top}", $"{cut.Width}", $"{cut.Height}"], ct);
        return file;
    }

    private static async Task<string> DrawAsync(Darkroom darkroom, ShareCard card, CancellationToken ct)
    {
        await File.WriteAllTextAsync(darkroom.File("card.svg"), card.Svg, ct);
        var answer = await darkroom.DrawAsync(["svgload", "card.svg", "card.jpg[Q=88,strip,optimize-coding,subsample-mode=off]"], ct);
        return answer.Succeeded ? "card.jpg" : throw new CannotMake(answer.LastWords);
    }

    private static async Task AskAsync(Darkroom darkroom, string[] arguments, CancellationToken ct)
    {
        var answer = await darkroom.RunAsync("vips", arguments, ct);
        if (!answer.Succeeded)
            throw new CannotMake(answer.LastWords);
    }

    /// <summary>Chosen by eye, and so that a front page of twelve pictures stays below 150 KB on a telephone. The wide ones go to finer screens, which hide more.</summary>
    private static string SettingsOf(Rendition wanted) => wanted.Format switch
    {
        "avif" => wanted.Width <= 480 ? "[Q=46,effort=4,strip]" : "[Q=40,effort=4,strip]",
        "webp" => wanted.Width <= 480 ? "[Q=74,effort=4,strip]" : "[Q=64,effort=4,strip]",
        _ => "[Q=78,interlace,optimize-coding,strip]",
    };
}

/// <summary>Why a rendition is not to be had; for the log.</summary>
public sealed class CannotMake(string reason) : Exception(reason);
