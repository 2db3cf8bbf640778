using System.Collections.Concurrent;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Threading.Channels;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace LondonDefender.Paper.PaperCache;

/// <summary>Prints pages and keeps them: each once, however many ask for it, and those that are read at once when they have gone stale.</summary>
public sealed class Pressroom(PagePrinter printer, KeptPages kept, PagesOnDisk disk, IOptions<PaperOptions> options, TimeProvider clock, ILogger<Pressroom> log) : BackgroundService
{
    private const int Presses = 2;
    private const int UsesWorthPacking = 3;

    // A reader waits no longer for a page than this before he is given the old one, if there is one.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ReadLately = TimeSpan.FromMinutes(1);

    // Whoever keeps copies for many (a CDN) has them as fresh as we have, and shows the last one while we are away.
    private const string CacheControl = "max-age=0, s-maxage=1, stale-while-revalidate=1, stale-if-error=86400";

    private static readonly string[] SetAnew =
        [HeaderNames.CacheControl, HeaderNames.ETag, HeaderNames.ContentLength, HeaderNames.Vary, HeaderNames.StrictTransportSecurity, HeaderNames.TransferEncoding, HeaderNames.AcceptRanges];

    private readonly ConcurrentDictionary<KeptAddress, Lazy<Task<(KeptPage? Page, PrintedPage Printed)>>> underway = [];
    private long printed;
    private readonly Channel<KeptPage> toReprint = Channel.CreateUnbounded<KeptPage>();
    private readonly Channel<KeptPage> toPack = Channel.CreateBounded<KeptPage>(new BoundedChannelOptions(1_000) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>How many pages have been made since the paper was started.</summary>
    public long Printed => Interlocked.Read(ref printed);

    /// <summary>The page as it is now, or the last good one when that takes too long or cannot be had; of many who ask at once, one has it made.</summary>
    public async Task<(KeptPage? Page, PrintedPage Printed)> PrintAsync(KeptAddress address)
    {
        if (kept.AreOutOfTouch && LastGood(address) is { } last)
            return (last, Nothing);

        var printing = PrintNowAsync(address);
        if (await IsDoneInTimeAsync(printing))
            return await printing;

        return LastGood(address) is { } old ? (old, Nothing) : await printing;
    }

    private async Task<(KeptPage? Page, PrintedPage Printed)> PrintNowAsync(KeptAddress address)
    {
        var made = await JoinAsync(address);
        // What was under way already may have read what has been changed since.
        return made.Printed.IsFailure || made.Page?.StaleSince(clock.GetUtcNow()) is null ? made : await JoinAsync(address);
    }

    private static async Task<bool> IsDoneInTimeAsync(Task printing)
    {
        if (printing.IsCompleted)
            return true;

        using var over = new CancellationTokenSource();
        var isDone = await Task.WhenAny(printing, Task.Delay(Patience, over.Token)) == printing;
        await over.CancelAsync();
        return isDone;
    }

    /// <summary>Out of memory, or from the disk, from where it comes into memory, to be printed anew as soon as that can be done.</summary>
    private KeptPage? LastGood(KeptAddress address)
    {
        if (kept.Find(address) is { } page)
            return page;

        if (disk.Read(address) is not { } last)
            return null;

        last.TryAgainAt(clock.GetUtcNow() + RetryAfter);
        kept.Keep(last, kept.Edition);
        return last;
    }

    private async Task<(KeptPage? Page, PrintedPage Printed)> JoinAsync(KeptAddress address)
    {
        var printing = underway.GetOrAdd(address, at => new(() => PrintAndKeepAsync(at)));
        try
        {
            return await printing.Value;
        }
        finally
        {
            underway.TryRemove(new(address, printing));
        }
    }

    /// <summary>A stale page's successor; the page itself while that is not to be had, or takes long.</summary>
    public async Task<KeptPage> RenewAsync(KeptPage page, DateTimeOffset staleSince)
    {
        var now = clock.GetUtcNow();
        if (kept.AreOutOfTouch || !page.MayBeTriedAgain(now))
            return Old(page);

        var printing = PrintNowAsync(page.Address);
        if (now - staleSince < options.Value.OldPageFor)
            return page;

        if (await IsDoneInTimeAsync(printing))
        {
            var (fresh, printed) = await printing;
            return fresh ?? (printed.IsFailure && !page.IsWithdrawn ? Old(page) : Gone(page, printed));
        }

        page.TryAgainAt(clock.GetUtcNow() + RetryAfter);
        return Old(page);
    }

    private static KeptPage Old(KeptPage page)
    {
        PaperMeters.OldPagesGiven.Add(1);
        return page;
    }

    /// <summary>The pages just found to be stale: those that are being read are made anew at once, the most read first.</summary>
    public void Reprint(IEnumerable<KeptPage> stale)
    {
        var since = Environment.TickCount64 - (long)ReadLately.TotalMilliseconds;
        foreach (var page in stale.Where(page => page.LastUsed >= since || page.Address.Path == "/").OrderByDescending(page => page.Uses))
            toReprint.Writer.TryWrite(page);
    }

    /// <summary>A page that is asked for again and again is worth the time of being packed as small as can be.</summary>
    public void NoteUse(KeptPage page)
    {
        page.LastUsed = Environment.TickCount64;
        PaperMeters.KeptPagesGiven.Add(1);
        // Exact enough without a lock: it only says which pages are read much.
        if (++page.Uses == UsesWorthPacking && !page.Forms.ArePackedBest)
            toPack.Writer.TryWrite(page);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll([PackAsync(stoppingToken), .. Enumerable.Range(0, Presses).Select(_ => ReprintAsync(stoppingToken))]);

    private async Task ReprintAsync(CancellationToken ct)
    {
        await foreach (var page in toReprint.Reader.ReadAllAsync(ct))
        {
            if ((page.IsWithdrawn || kept.Find(page.Address) == page) && page.MayBeTriedAgain(clock.GetUtcNow()))
                await PrintNowAsync(page.Address);
        }
    }

    private async Task PackAsync(CancellationToken ct)
    {
        await foreach (var page in toPack.Reader.ReadAllAsync(ct))
        {
            var began = Stopwatch.GetTimestamp();
            kept.Repack(page, Packing.Best(page.Forms.Unpacked().Bytes, page.TagStart));
            // As much work as making ten pages, and never urgent: four fifths of the time it rests, so that nobody has to wait for it.
            await Task.Delay(Stopwatch.GetElapsedTime(began) * 4, ct);
        }
    }

    private async Task<(KeptPage? Page, PrintedPage Printed)> PrintAndKeepAsync(KeptAddress address)
    {
        var begunAt = kept.Edition;
        var printed = await TryPrintAsync(address);
        Interlocked.Increment(ref this.printed);
        PaperMeters.PagesPrinted.Add(1);
        var old = kept.Find(address);
        if (printed.IsFailure)
        {
            old?.TryAgainAt(clock.GetUtcNow() + RetryAfter);
            return (LastGood(address), printed);
        }

        if (!printed.IsKept)
        {
            if (old is not null)
                kept.Forget(old);
            if (old is not null || disk.Has(address))
                disk.Forget(address);
            return (null, printed);
        }

        var page = PageOf(address, printed, old);
        kept.Keep(page, begunAt);
        if (!page.IsOnDisk && page.StaleSince(clock.GetUtcNow()) is null)
            KeepOnDisk(page);
        return (page, printed);
    }

    private void KeepOnDisk(KeptPage page)
    {
        page.IsOnDisk = true;
        disk.Keep(page);
    }

    private async Task<PrintedPage> TryPrintAsync(KeptAddress address)
    {
        try
        {
            return await printer.PrintAsync(address, Patience * 5);
        }
        catch (Exception problem)
        {
            log.LogError(problem, "{Address} could not be printed", address);
            return Nothing;
        }
    }

    private static PrintedPage Nothing => new(StatusCodes.Status503ServiceUnavailable, [], [], new());

    private static KeptPage PageOf(KeptAddress address, PrintedPage printed, KeptPage? old)
    {
        var tagStart = $"\"{Convert.ToHexStringLower(SHA256.HashData(printed.Body).AsSpan(0, 10))}";
        var modified = printed.Headers.FirstOrDefault(header => header.Key == HeaderNames.LastModified).Value;
        return new()
        {
            Address = address,
            Status = printed.Status,
            Headers = [.. printed.Headers.Where(header => !SetAnew.Contains(header.Key, StringComparer.OrdinalIgnoreCase)), new(HeaderNames.CacheControl, CacheControl), new(HeaderNames.Vary, HeaderNames.AcceptEncoding)],
            Keys = printed.Notes.Keys,
            Until = printed.Notes.Until,
            WhenGivenOut = printed.Notes.WhenGivenOut,
            TagStart = tagStart,
            HasPages = printed.HasPages,
            LastModified = HeaderUtilities.TryParseDate(modified.ToString(), out var at) ? at : null,
            // Most changes elsewhere leave a page as it was: then its forms are packed already.
            Forms = old?.TagStart == tagStart ? old.Forms : Packing.Quickly(printed.Body, tagStart),
            IsOnDisk = old is { IsOnDisk: true } && old.TagStart == tagStart,
            Uses = old?.Uses ?? 0,
            LastUsed = old?.LastUsed ?? Environment.TickCount64,
        };
    }

    /// <summary>For the one answer: the page has become something that is not kept, such as a redirect.</summary>
    private static KeptPage Gone(KeptPage page, PrintedPage printed) => PageOf(page.Address, printed, null);
}
