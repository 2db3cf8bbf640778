using System.Buffers.Binary;

namespace LondonDefender.Pictures;

/// <summary>Where a JPEG ends, by its own markers.</summary>
internal static class JpegFile
{
    private const int MostFurther = 16;
    private const byte Scan = 0xDA, EndOfImage = 0xD9, Start = 0xD8;

    /// <exception cref="UnusablePicture">It never ends, or is no JPEG past its first bytes.</exception>
    public static long End(Stream file, long start)
    {
        file.Position = start + 2;
        Span<byte> length = stackalloc byte[2];
        var hasPicture = false;
        while (true)
        {
            var marker = NextMarker(file);
            if (marker == EndOfImage)
                return hasPicture ? file.Position : throw UnusablePicture.Damaged();
            if (marker is Start or (>= 0xD0 and <= 0xD7) or 0x01)
                continue;

            ReadOr(file, length);
            file.Position += Math.Max(0, BinaryPrimitives.ReadUInt16BigEndian(length) - 2);
            if (file.Position > file.Length)
                throw UnusablePicture.Truncated();
            if (marker != Scan)
                continue;

            hasPicture = true;
            SkipScan(file);
        }
    }

    /// <summary>Where what is no JPEG any more begins, behind the first one.</summary>
    public static long EndOfFurther(Stream file, long end)
    {
        for (var number = 0; number < MostFurther; number++)
        {
            var next = SkipPadding(file, end);
            if (next >= file.Length || !IsJpegAt(file, next))
                return next;

            try
            {
                end = End(file, next);
            }
            catch (UnusablePicture)
            {
                return next;
            }
        }

        return end;
    }

    private static byte NextMarker(Stream file)
    {
        int found;
        do
        {
            found = file.ReadByte();
            if (found is not (0xFF or -1))
                throw UnusablePicture.Damaged();

            do
            {
                found = file.ReadByte();
            }
            while (found == 0xFF);
        }
        while (found == 0);

        return found < 0 ? throw UnusablePicture.Truncated() : (byte)found;
    }

    /// <summary>To the next marker that is not part of the picture's data.</summary>
    private static void SkipScan(Stream file)
    {
        var block = new byte[64 * 1024];
        while (true)
        {
            var at = file.Position;
            var count = file.ReadAtLeast(block, block.Length, throwOnEndOfStream: false);
            if (count < 2)
                throw UnusablePicture.Truncated();

            for (var i = 0; i + 1 < count;)
            {
                var next = block.AsSpan(i, count - 1 - i).IndexOf((byte)0xFF);
                if (next < 0)
                    break;

                i += next;
                if (block[i + 1] is not (0x00 or 0xFF or (>= 0xD0 and <= 0xD7)))
                {
                    file.Position = at + i;
                    return;
                }

                i++;
            }

            // Its last byte may be the first half of a marker.
            file.Position = at + count - 1;
            if (count < block.Length)
                throw UnusablePicture.Truncated();
        }
    }

    private static long SkipPadding(Stream file, long at)
    {
        file.Position = at;
        int found;
        do
        {
            found = file.ReadByte();
        }
        while (found is 0 or ' ' or '\r' or '\n' or '\t');

        return found < 0 ? file.Length : file.Position - 1;
    }

    private static bool IsJpegAt(Stream file, long at)
    {
        Span<byte> head = stackalloc byte[3];
        file.Position = at;
        return file.ReadAtLeast(head, 3, throwOnEndOfStream: false) == 3 && head is [0xFF, Start, 0xFF];
    }

    private static void ReadOr(Stream file, Span<byte> bytes)
    {
        if (file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length)
            throw UnusablePicture.Truncated();
    }
}
