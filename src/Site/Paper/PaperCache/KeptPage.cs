using Microsoft.Extensions.Primitives;

namespace LondonDefender.Paper.PaperCache;

/// <summary>A finished page, ready to be sent.</summary>
public sealed class KeptPage
{
    /// <summary>What an entry costs beside its bytes, and what each name of a thing it read does: the name itself, here and among those who read the thing.</summary>
    private const int Overhead = 1_000, OverheadOfKey = 150;

    private long staleSince = long.MaxValue;
    private long retryAt;

    public required KeptAddress Address { get; init; }
    public required int Status { get; init; }

    /// <summary>Those every form of it is sent with.</summary>
    public required KeyValuePair<string, StringValues>[] Headers { get; init; }

    public required IReadOnlyCollection<string> Keys { get; init; }
    public required DateTimeOffset Until { get; init; }

    /// <summary>With its opening quotation mark: the tags of all its forms begin with it.</summary>
    public required string TagStart { get; init; }

    public DateTimeOffset? LastModified { get; init; }

    /// <summary>Whether its address makes other pages of it by ?page=.</summary>
    public required bool HasPages { get; init; }

    public Action<HttpContext>? WhenGivenOut { get; init; }

    /// <summary>Whether a file has been made of it, just as it is.</summary>
    public bool IsOnDisk { get; set; }

    /// <summary>Its story was withdrawn: it is given to nobody any more, not even where no other can be printed.</summary>
    public bool IsWithdrawn { get; set; }

    /// <summary>Replaced as a whole once it is packed better.</summary>
    public required PageForms Forms { get; set; }

    public int Uses;
    public long LastUsed;

    public int Weight => Forms.Bytes + Overhead + (Keys.Count * OverheadOfKey);

    /// <summary>Since when something it read has been another; null while it is as it should be.</summary>
    public DateTimeOffset? StaleSince(DateTimeOffset now)
    {
        var marked = Volatile.Read(ref staleSince);
        var ticks = Math.Min(marked, Until.UtcTicks);
        return ticks <= now.UtcTicks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;
    }

    public void MarkStale(DateTimeOffset now) => Interlocked.CompareExchange(ref staleSince, now.UtcTicks, long.MaxValue);

    /// <summary>After a try that failed the page is left as it is for a while, or every reader would wait for the next.</summary>
    public bool MayBeTriedAgain(DateTimeOffset now) => Volatile.Read(ref retryAt) <= now.UtcTicks;

    public void TryAgainAt(DateTimeOffset moment) => Volatile.Write(ref retryAt, moment.UtcTicks);
}

/// <summary>Which page: where readers find the paper, when that is not set for good, and the address without anything that does not matter.</summary>
/// <param name="Query">Empty, or such as ?page=2.</param>
public readonly record struct KeptAddress(string Origin, string Path, string Query)
{
    public override string ToString() => Path + Query;
}

/// <summary>A page's bytes, packed. Plain they would take three times the memory, and next to nobody asks for them so.</summary>
public sealed record PageForms(int Length, string PlainTag, PageForm Gzip, PageForm Brotli, bool ArePackedBest)
{
    public int Bytes => Gzip.Bytes.Length + Brotli.Bytes.Length;

    public PageForm Unpacked() => new(Packing.Unpack(Brotli.Bytes, Length), "", PlainTag);
}

/// <param name="Encoding">As Content-Encoding names it; empty when plain.</param>
/// <param name="Tag">The ETag, quotation marks included.</param>
public sealed record PageForm(byte[] Bytes, string Encoding, string Tag);
