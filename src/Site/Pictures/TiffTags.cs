using System.Buffers.Binary;
using System.Text;

namespace LondonDefender.Pictures;

/// <summary>The tables of a TIFF file, which are also how EXIF is written. Whatever they claim, little is read and nothing twice.</summary>
internal sealed class TiffTags
{
    public const ushort Width = 256, Height = 257, Description = 270, Artist = 315, Copyright = 33432, TakenAt = 36867, TakenOffset = 36881;

    private const ushort Subfile = 254, Strips = 273, StripLengths = 279, Tiles = 324, TileLengths = 325, Jpeg = 513, JpegLength = 514;
    private const ushort FurtherTables = 330, ExifTable = 34665, PlaceTable = 34853, CameraRaw = 50706;
    private const int MostTables = 64, MostEntries = 512, LongestText = 16 * 1024, MostParts = 1_000_000;

    private static readonly int[] SizeByType = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4];

    private readonly Stream file;
    private readonly bool isLittle;
    private readonly HashSet<long> seen = [];
    private readonly Dictionary<ushort, string> texts = [];
    private readonly Dictionary<ushort, long> numbers = [];
    private long partsLeft = MostParts;

    private TiffTags(Stream file, bool isLittle) => (this.file, this.isLittle) = (file, isLittle);

    /// <summary>Where the last part ends that a table names.</summary>
    public long End { get; private set; } = 8;

    /// <summary>Raw files are TIFFs whose first picture is a small preview.</summary>
    public bool IsCameraRaw { get; private set; }

    /// <summary>Null where it is none; a table that ends early gives what it has.</summary>
    public static TiffTags? Read(Stream file)
    {
        Span<byte> head = stackalloc byte[10];
        file.Position = 0;
        var count = file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        if (count < 8 || head is not ([(byte)'I', (byte)'I', 42, 0, ..] or [(byte)'M', (byte)'M', 0, 42, ..]))
            return null;

        var tags = new TiffTags(file, head[0] == 'I') { IsCameraRaw = count == 10 && head[8] == 'C' && head[9] == 'R' };
        tags.ReadTables(tags.Long(head[4..]));
        return tags;
    }

    public string? Text(ushort tag) => texts.GetValueOrDefault(tag);

    public long? Number(ushort tag) => numbers.TryGetValue(tag, out var number) ? number : null;

    private void ReadTables(long first)
    {
        Queue<long> waiting = new([first]);
        while (waiting.TryDequeue(out var at) && seen.Count < MostTables)
        {
            if (at < 8 || at + 2 > file.Length || !seen.Add(at))
                continue;

            var isFirst = seen.Count == 1;
            foreach (var next in ReadTable(at, isFirst))
                waiting.Enqueue(next);
        }
    }

    private List<long> ReadTable(long at, bool isFirst)
    {
        List<long> further = [];
        Span<byte> two = stackalloc byte[2];
        if (!TryRead(at, two))
            return further;

        var count = Math.Min((int)Short(two), MostEntries);
        var table = new byte[(count * 12) + 4];
        Reach(at + 2 + table.Length);
        if (!TryRead(at + 2, table))
            return further;

        Dictionary<ushort, long[]> parts = [];
        for (var i = 0; i < count; i++)
            ReadEntry(table.AsSpan(i * 12, 12), isFirst, parts, further);

        Reach(parts, Strips, StripLengths);
        Reach(parts, Tiles, TileLengths);
        Reach(parts, Jpeg, JpegLength);
        if (Long(table.AsSpan(count * 12)) is > 0 and var next)
            further.Add(next);
        return further;
    }

    private void ReadEntry(ReadOnlySpan<byte> entry, bool isFirst, Dictionary<ushort, long[]> parts, List<long> further)
    {
        var (tag, type, count) = (Short(entry), Short(entry[2..]), Long(entry[4..]));
        var length = count * (type < SizeByType.Length ? SizeByType[type] : 1);
        var value = entry[8..];
        var at = length > 4 ? Long(value) : -1;
        if (at >= 0)
            Reach(at + length);

        if (tag is ExifTable or PlaceTable)
            further.Add(Long(value));
        else if (tag is FurtherTables)
            further.AddRange(NumbersOf(type, count, value, at, MostTables));
        else if (tag is Strips or StripLengths or Tiles or TileLengths or Jpeg or JpegLength)
            parts[tag] = NumbersOf(type, count, value, at, MostParts);
        else if (tag is Width or Height && isFirst)
            numbers[tag] = NumbersOf(type, count, value, at, 1).FirstOrDefault();
        else if (tag is Description or Artist or Copyright or TakenAt or TakenOffset)
            texts[tag] = texts.TryGetValue(tag, out var first) ? first : TextOf(value, at, length);
        else if (tag is CameraRaw || (tag is Subfile && isFirst && Long(value) == 1))
            IsCameraRaw = true;
    }

    private string TextOf(ReadOnlySpan<byte> value, long at, long length)
    {
        var bytes = new byte[Math.Clamp(length, 0, LongestText)];
        if (at < 0)
            value[..bytes.Length].CopyTo(bytes);
        else if (!TryRead(at, bytes))
            return "";

        var end = bytes.AsSpan().IndexOf((byte)0);
        return MetadataText.Read(end < 0 ? bytes : bytes.AsSpan(0, end));
    }

    private long[] NumbersOf(int type, long count, ReadOnlySpan<byte> value, long at, int most)
    {
        var size = type == 3 ? 2 : type is 4 or 13 ? 4 : 0;
        if (size == 0 || count <= 0 || count > most)
            return [];
        // Thousands of entries may name the same million parts.
        if ((partsLeft -= count) < 0)
            throw UnusablePicture.Damaged();

        var bytes = new byte[count * size];
        if (at < 0)
            value[..bytes.Length].CopyTo(bytes);
        else if (at + bytes.Length > file.Length || !TryRead(at, bytes))
            return [];

        var found = new long[count];
        for (var i = 0; i < found.Length; i++)
            found[i] = size == 2 ? Short(bytes.AsSpan(i * 2)) : Long(bytes.AsSpan(i * 4));
        return found;
    }

    private void Reach(Dictionary<ushort, long[]> parts, ushort starts, ushort lengths)
    {
        if (!parts.TryGetValue(starts, out var from) || !parts.TryGetValue(lengths, out var count))
            return;
        for (var i = 0; i < Math.Min(from.Length, count.Length); i++)
            Reach(from[i] + count[i]);
    }

    private void Reach(long end) => End = Math.Max(End, end);

    private bool TryRead(long at, Span<byte> bytes)
    {
        if (at < 0 || at > file.Length)
            return false;

        file.Position = at;
        return file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) == bytes.Length;
    }

    private ushort Short(ReadOnlySpan<byte> bytes) => isLittle ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes);

    private long Long(ReadOnlySpan<byte> bytes) => isLittle ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : BinaryPrimitives.ReadUInt32BigEndian(bytes);
}

/// <summary>Words in a picture are written in whatever encoding the camera had.</summary>
internal static class MetadataText
{
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    public static string Read(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return Encoding.Latin1.GetString(bytes);
        }
    }
}
