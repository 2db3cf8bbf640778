using System.Security.Cryptography;
using LondonDefender.Copy;
using LondonDefender.Data;
using LondonDefender.Paper;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Pictures;

/// <summary>Takes a photographer's file in: looks what it really is, has it printed outside this process, and keeps it once.</summary>
public sealed class PictureIntake(
    IDbContextFactory<NewsroomDb> newsroom, PictureTools tools, PicturesFolder folder, PictureStore store, TimeProvider clock, ILogger<PictureIntake> log)
{
    public const long LargestFile = 40 * 1024 * 1024;
    public const long MostPixels = 100_000_000;
    public const int LongestSide = 32_768;

    private const int LongestName = 200;

    /// <param name="file">Read once, from where it stands; never more than <see cref="LargestFile"/> of it.</param>
    /// <param name="fileName">Kept for people; what the file is, its content says.</param>
    public async Task<Intake> TakeInAsync(Stream file, string fileName, int? byPerson, CancellationToken ct)
    {
        if (!tools.IsInstalled)
            return new Intake.Refused(PictureTools.WhatToInstall);

        try
        {
            return await ReceiveAsync(file, NameOf(fileName), byPerson, ct);
        }
        catch (UnusablePicture reason)
        {
            log.LogInformation("A file sent in as a picture was refused: {Reason}", reason.Message);
            return new Intake.Refused(reason.Message);
        }
        catch (DarkroomFull full)
        {
            log.LogWarning("A picture was turned away: {Waiting} are waiting to be worked on", PictureTools.LongestQueue);
            return new Intake.Refused(full.Message, TryAgain: true);
        }
        catch (Exception problem) when (problem is StoreAway || (problem is IOException && problem is not BadHttpRequestException && !ct.IsCancellationRequested))
        {
            log.LogError("A picture could not be kept: {Problem}", problem.Message);
            return new Intake.Refused("The picture could not be kept: the place for pictures does not answer, or is full. Please try again in a moment.", TryAgain: true);
        }
    }

    internal static void RefuseTooLarge(long width, long height)
    {
        if (width <= 0 || height <= 0)
            throw new UnusablePicture("The picture has no size: not one pixel is in it.");
        if (width > LongestSide || height > LongestSide)
            throw new UnusablePicture($"The picture is {width} × {height} pixels; no side may be longer than {LongestSide}. Make it smaller, and send it again.");
        if (width * height > MostPixels)
            throw new UnusablePicture($"The picture has {width * height / 1_000_000} megapixels ({width} × {height}); 100 are the most. Make it smaller, and send it again.");
    }

    /// <summary>The whole file first, so that nobody with a slow line keeps the darkroom occupied.</summary>
    private async Task<Intake> ReceiveAsync(Stream file, string fileName, int? byPerson, CancellationToken ct)
    {
        using var tray = folder.NewWorkplace();
        var received = tray.File("received");
        var hash = await ReceiveAsync(file, received, ct);
        if (await KnownAsync(hash, ct) is { } known && await store.HasAsync(PictureStore.PrintKey(hash), ct))
            return new Intake.Taken(known, IsNew: false);

        var look = Look(received);
        if (look.WhyNotNamed(fileName) is { } misnamed)
            throw new UnusablePicture(misnamed);

        await using var darkroom = await tools.EnterAsync(tray, ct);
        var print = await Print.MakeAsync(darkroom, "received", look.Format, ct);
        var words = await print.ReadWordsAsync(new PaperClock(await ZoneAsync(ct)), ct);
        return await EnterAsync(received, darkroom.File(Print.FileName), new Picture
        {
            FileHash = hash,
            FileName = fileName,
            Format = look.Format,
            Width = print.Width,
            Height = print.Height,
            Bytes = new FileInfo(received).Length,
            Colour = print.Colour,
            Caption = words.Caption,
            Alt = words.Alt,
            Credit = words.Credit,
            Rights = words.Rights,
            TakenAt = words.TakenAt,
            UploadedAt = clock.GetUtcNow(),
            UploadedById = byPerson,
        }, ct);
    }

    private static async Task<string> ReceiveAsync(Stream file, string path, CancellationToken ct)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var copy = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, useAsync: true);
        var block = new byte[64 * 1024];
        while (await file.ReadAsync(block, ct) is > 0 and var count)
        {
            if (copy.Length + count > LargestFile)
                throw new UnusablePicture("The file is larger than 40 MB. Save it smaller, or as JPEG, and send it again.");

            hash.AppendData(block, 0, count);
            await copy.WriteAsync(block.AsMemory(0, count), ct);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static PictureFile Look(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 16 * 1024);
        return PictureFile.Look(file);
    }

    /// <summary>The same file sent twice at one moment is one picture: whoever comes second finds the first one's.</summary>
    private async Task<Intake> EnterAsync(string received, string print, Picture picture, CancellationToken ct)
    {
        await using var db = await newsroom.CreateDbContextAsync(ct);
        await using var turn = await db.Database.BeginTransactionAsync(ct);
        await FileTurn.TakeAsync(db, picture.FileHash, ct);
        await store.KeepAsync(PictureStore.OriginalKey(picture.FileHash), received, ct);
        await store.KeepAsync(PictureStore.PrintKey(picture.FileHash), print, ct);
        if (await db.Pictures.AsNoTracking().SingleOrDefaultAsync(p => p.FileHash == picture.FileHash, ct) is { } known)
            return new Intake.Taken(known, IsNew: false);

        db.Add(picture);
        await db.SaveChangesAsync(ct);
        await turn.CommitAsync(ct);
        log.LogInformation("Picture {PictureId} was taken in: {Format}, {Width} × {Height}", picture.Id, picture.Format, picture.Width, picture.Height);
        return new Intake.Taken(picture, IsNew: true);
    }

    private async Task<Picture?> KnownAsync(string hash, CancellationToken ct)
    {
        await using var db = await newsroom.CreateDbContextAsync(ct);
        return await db.Pictures.AsNoTracking().SingleOrDefaultAsync(p => p.FileHash == hash, ct);
    }

    private async Task<TimeZoneInfo> ZoneAsync(CancellationToken ct)
    {
        await using var db = await newsroom.CreateDbContextAsync(ct);
        return (await db.SettingsAsync(ct)).Zone;
    }

    /// <summary>Some browsers send the path on the sender's machine along, of either kind.</summary>
    private static string NameOf(string fileName)
    {
        var name = PlainWords.OneLine(fileName[(fileName.LastIndexOfAny(['/', '\\']) + 1)..]);
        return PlainWords.Cut(name, LongestName) is { Length: > 0 } kept ? kept : "picture";
    }
}
