using System.Collections.Concurrent;
using LondonDefender.Data;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Pictures;

/// <summary>Makes each rendition when it is first asked for, once however many ask at that moment, and keeps it.</summary>
public sealed class Renditions(
    IDbContextFactory<NewsroomDb> newsroom, PictureTools tools, PicturesFolder folder, PictureStore store, TimeProvider clock, IHostApplicationLifetime life,
    ILogger<Renditions> log)
{
    private static readonly TimeSpan RestAfterFailure = TimeSpan.FromMinutes(5), RestOfAFormat = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<string, Lazy<Task>> beingMade = new();
    private readonly LateFailures failures = new(clock);

    /// <exception cref="CannotMake">Not now, or not in this format.</exception>
    public Task<Stream> OpenAsync(Picture picture, Rendition wanted, CancellationToken ct) =>
        OpenAsync(picture, wanted, tools.EnterForReadersAsync, ct);

    /// <inheritdoc cref="OpenAsync(Picture, Rendition, CancellationToken)"/>
    public Task<Stream> OpenForTheNewsroomAsync(Picture picture, Rendition wanted, CancellationToken ct) =>
        OpenAsync(picture, wanted, tools.EnterAsync, ct);

    /// <summary>A picture of words alone, drawn by us.</summary>
    public Task<Stream> OpenAsync(ShareCard card, CancellationToken ct) =>
        OpenAsync(card.Key, new(null, tools.EnterForReadersAsync, (darkroom, stop) => DrawAsync(darkroom, card, stop)), ct);

    private Task<Stream> OpenAsync(Picture picture, Rendition wanted, Func<Workplace, CancellationToken, Task<Darkroom>> enter, CancellationToken ct) =>
        OpenAsync(wanted.Key(picture.AddressHash), new(picture.AddressHash, enter, (darkroom, stop) => MakeAsync(darkroom, picture, wanted, stop)), ct);

    private async Task<Stream> OpenAsync(string key, Work work, CancellationToken ct)
    {
        if (await store.OpenAsync(key, ct) is { } kept)
            return kept;
        if ((failures.WhyNot(key) ?? failures.WhyNot(Path.GetExtension(key))) is { } reason)
            throw new CannotMake(reason) { IsKnown = true };

        // Whoever asked first may leave; the others still want it.
        await beingMade.GetOrAdd(key, _ => new(() => Task.Run(() => MakeOnceAsync(key, work, life.ApplicationStopping), CancellationToken.None))).Value.WaitAsync(ct);
        return await store.OpenAsync(key, ct) ?? throw new CannotMake("It was made, and is gone again.");
    }

    private async Task MakeOnceAsync(string key, Work work, CancellationToken stop)
    {
        try
        {
            // Between the look and this moment another may have finished it.
            if (await store.HasAsync(key, stop))
                return;
            if (!tools.IsInstalled)
                throw new CannotMake(PictureTools.WhatToInstall);

            using var workplace = folder.NewWorkplace();
            await using var darkroom = await work.Enter(workplace, stop);
            await store.KeepAsync(key, darkroom.File(await work.Make(darkroom, stop)), stop);
            // Who deleted the picture or moved its focal point meanwhile has thrown away what was there by then.
            if (work.AddressHash is { } address && !await IsAddressAsync(address, stop))
                await store.ThrowAwayAsync(key, stop);
        }
        catch (CannotMake problem) when (problem.IsOfTools)
        {
            failures.Remember(key, problem.Message, RestAfterFailure);
            throw;
        }
        finally
        {
            beingMade.TryRemove(key, out _);
        }
    }

    private async Task<bool> IsAddressAsync(string hash, CancellationToken ct)
    {
        await using var db = await newsroom.CreateDbContextAsync(ct);
        return await db.Pictures.AnyAsync(p => p.AddressHash == hash, ct);
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
        try
        {
            await AskAsync(darkroom, shrink, ct);
            if (!cut.IsWhole)
                await AskAsync(darkroom, ["crop", "shrunk.tif", asMade, $"{cut.Left}", $"{cut.Top}", $"{cut.Width}", $"{cut.Height}"], ct);
            return file;
        }
        catch (CannotMake) when (wanted.Format == "avif")
        {
            await LookWhetherAvifIsWrittenAsync(darkroom, ct);
            throw;
        }
    }

    /// <summary>An older libvips, or one without its codec, cannot make any at all.</summary>
    private async Task LookWhetherAvifIsWrittenAsync(Darkroom darkroom, CancellationToken ct)
    {
        var answer = await darkroom.RunAsync("vips", ["black", "tried.avif", "16", "16", "--bands", "3"], ct);
        if (answer is { Succeeded: false, TookTooLong: false })
            failures.Remember(".avif", $"This machine’s libvips writes no AVIF: {answer.LastWords}", RestOfAFormat);
    }

    private static async Task<string> DrawAsync(Darkroom darkroom, ShareCard card, CancellationToken ct)
    {
        await File.WriteAllTextAsync(darkroom.File("card.svg"), card.Svg, ct);
        var answer = await darkroom.DrawAsync(["svgload", "card.svg", "card.jpg[Q=88,strip,optimize-coding,subsample-mode=off]"], ct);
        return answer.Succeeded ? "card.jpg" : throw new CannotMake(answer.LastWords) { IsOfTools = true };
    }

    private static async Task AskAsync(Darkroom darkroom, string[] arguments, CancellationToken ct)
    {
        var answer = await darkroom.RunAsync("vips", arguments, ct);
        if (!answer.Succeeded)
            throw new CannotMake(answer.LastWords) { IsOfTools = true };
    }

    /// <summary>Chosen by eye, and so that a front page of twelve pictures stays below 150 KB on a telephone. The wide ones go to finer screens, which hide more.</summary>
    private static string SettingsOf(Rendition wanted) => wanted.Format switch
    {
        "avif" => wanted.Width <= 480 ? "[Q=46,effort=4,strip]" : "[Q=40,effort=4,strip]",
        "webp" => wanted.Width <= 480 ? "[Q=74,effort=4,strip]" : "[Q=64,effort=4,strip]",
        _ => "[Q=78,interlace,optimize-coding,strip]",
    };

    /// <param name="AddressHash">Null for what is no rendition of a picture.</param>
    /// <param name="Enter">The line to stand in.</param>
    /// <param name="Make">Leaves a file in the darkroom, and names it.</param>
    private sealed record Work(string? AddressHash, Func<Workplace, CancellationToken, Task<Darkroom>> Enter, Func<Darkroom, CancellationToken, Task<string>> Make);
}

/// <summary>Why a rendition is not to be had; for the log.</summary>
public sealed class CannotMake(string reason) : Exception(reason)
{
    /// <summary>The tools tried and failed, and would fail again.</summary>
    public bool IsOfTools { get; init; }

    /// <summary>Nothing was tried: it failed a moment ago.</summary>
    public bool IsKnown { get; init; }
}
