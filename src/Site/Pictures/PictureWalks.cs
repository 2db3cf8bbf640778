using System.Buffers.Binary;

namespace LondonDefender.Pictures;

/// <summary>Where the pictures end whose formats say so: no pixel is unpacked for it.</summary>
internal static class PictureWalks
{
    public static long EndOfPng(Stream file)
    {
        file.Position = 8;
        Span<byte> head = stackalloc byte[16];
        for (var isFirst = true; ; isFirst = false)
        {
            Read(file, head[..8]);
            var length = BinaryPrimitives.ReadUInt32BigEndian(head);
            var isHeader = head[4..8].SequenceEqual("IHDR"u8);
            if (isFirst != isHeader)
                throw UnusablePicture.Damaged();
            if (isHeader)
            {
                Read(file, head[..8]);
                PictureIntake.RefuseTooLarge(BinaryPrimitives.ReadUInt32BigEndian(head), BinaryPrimitives.ReadUInt32BigEndian(head[4..]));
                file.Position -= 8;
            }

            var isLast = head[4..8].SequenceEqual("IEND"u8);
            file.Position += length + 4;
            if (isLast || file.Position > file.Length)
                return file.Position;
        }
    }

    public static long EndOfWebp(Stream file)
    {
        Span<byte> head = stackalloc byte[30];
        file.Position = 0;
        Read(file, head);
        if (head[12..16].SequenceEqual("VP8X"u8))
            PictureIntake.RefuseTooLarge(1 + Little24(head[24..]), 1 + Little24(head[27..]));

        long length = BinaryPrimitives.ReadUInt32LittleEndian(head[4..]);
        return 8 + length + (length & 1);
    }

    /// <summary>The boxes a file is made of, one behind the other.</summary>
    public static long EndOfAvif(Stream file)
    {
        Span<byte> head = stackalloc byte[16];
        long at = 0;
        var hasPicture = false;
        while (at + 8 <= file.Length)
        {
            file.Position = at;
            Read(file, head[..8]);
            if (!IsBoxName(head[4..8]))
                break;

            hasPicture |= head[4..8].SequenceEqual("meta"u8);
            long length = BinaryPrimitives.ReadUInt32BigEndian(head);
            if (length == 1)
            {
                Read(file, head[8..]);
                length = BinaryPrimitives.ReadInt64BigEndian(head[8..]);
            }

            if (length == 0)
                return file.Length;
            if (length < 8 || length > file.Length - at)
                throw length < 8 ? UnusablePicture.Damaged() : UnusablePicture.Truncated();
            at += length;
        }

        return hasPicture ? at : throw UnusablePicture.Truncated();
    }

    public static long EndOfGif(Stream file)
    {
        Span<byte> head = stackalloc byte[13];
        file.Position = 0;
        Read(file, head);
        PictureIntake.RefuseTooLarge(BinaryPrimitives.ReadUInt16LittleEndian(head[6..]), BinaryPrimitives.ReadUInt16LittleEndian(head[8..]));
        file.Position += Colours(head[10]);
        var hasPicture = false;
        while (true)
        {
            switch (file.ReadByte())
            {
                case ';':
                    return hasPicture ? file.Position : throw UnusablePicture.Damaged();
                case '!':
                    file.Position++;
                    SkipGifBlocks(file);
                    break;
                case ',':
                    Read(file, head[..9]);
                    PictureIntake.RefuseTooLarge(BinaryPrimitives.ReadUInt16LittleEndian(head[4..]), BinaryPrimitives.ReadUInt16LittleEndian(head[6..]));
                    file.Position += Colours(head[8]) + 1;
                    SkipGifBlocks(file);
                    hasPicture = true;
                    break;
                case -1:
                    throw UnusablePicture.Truncated();
                default:
                    throw UnusablePicture.Damaged();
            }
        }
    }

    /// <summary>Parts of a TIFF lie anywhere; its end is where the last of those that its tables name ends.</summary>
    public static long EndOfTiff(Stream file)
    {
        var tags = TiffTags.Read(file) ?? throw UnusablePicture.Damaged();
        if (tags.IsCameraRaw)
            throw new UnusablePicture("That is a camera’s raw file. Develop it, export it as JPEG or TIFF, and send that.");
        if (tags.Number(TiffTags.Width) is not { } width || tags.Number(TiffTags.Height) is not { } height)
            throw UnusablePicture.Damaged();

        PictureIntake.RefuseTooLarge(width, height);
        return tags.End;
    }

    private static void SkipGifBlocks(Stream file)
    {
        int length;
        while ((length = file.ReadByte()) > 0)
            file.Position += length;
        if (length < 0 || file.Position > file.Length)
            throw UnusablePicture.Truncated();
    }

    private static int Colours(byte flags) => (flags & 0x80) == 0 ? 0 : 3 << ((flags & 7) + 1);

    private static int Little24(ReadOnlySpan<byte> bytes) => bytes[0] | (bytes[1] << 8) | (bytes[2] << 16);

    private static bool IsBoxName(ReadOnlySpan<byte> name) => !name.ContainsAnyExceptInRange((byte)' ', (byte)'~');

    private static void Read(Stream file, Span<byte> bytes)
    {
        if (file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length)
            throw UnusablePicture.Truncated();
    }
}
