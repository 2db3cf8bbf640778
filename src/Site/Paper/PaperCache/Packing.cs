using System.IO.Compression;

namespace LondonDefender.Paper.PaperCache;

/// <summary>Packs pages: quickly when one is made, since somebody waits for it, and as well as can be when it proves to be read.</summary>
public static class Packing
{
    public static PageForms Quickly(byte[] page, string tagStart) => Pack(page, tagStart, CompressionLevel.Fastest, quality: 4, isBest: false);

    public static PageForms Best(byte[] page, string tagStart) => Pack(page, tagStart, CompressionLevel.SmallestSize, quality: 11, isBest: true);

    private static PageForms Pack(byte[] page, string tagStart, CompressionLevel level, int quality, bool isBest)
    {
        var mark = isBest ? "" : "q";
        return new(
            page.Length,
            tagStart + "\"",
            new(Gzip(page, level), "gzip", $"{tagStart}-gz{mark}\""),
            new(Brotli(page, quality), "br", $"{tagStart}-br{mark}\""),
            isBest);
    }

    /// <exception cref="InvalidDataException">It is no page of that length.</exception>
    public static byte[] Unpack(ReadOnlySpan<byte> brotli, int length)
    {
        var page = new byte[length];
        return BrotliDecoder.TryDecompress(brotli, page, out var written) && written == length ? page : throw new InvalidDataException("A page is not whole.");
    }

    private static byte[] Gzip(byte[] page, CompressionLevel level)
    {
        using var packed = new MemoryStream(page.Length / 3);
        using (var gzip = new GZipStream(packed, level))
            gzip.Write(page);
        return packed.ToArray();
    }

    private static byte[] Brotli(byte[] page, int quality)
    {
        var packed = new byte[BrotliEncoder.GetMaxCompressedLength(page.Length)];
        return BrotliEncoder.TryCompress(page, packed, out var length, quality, window: 22) ? packed[..length] : throw new InvalidOperationException("A page could not be packed.");
    }
}
