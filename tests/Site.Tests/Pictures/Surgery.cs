using System.Buffers.Binary;
using System.Text;

namespace LondonDefender.Tests.Pictures;

/// <summary>Files changed byte by byte: what photographers' programs write into them, and what nobody well-meaning would.</summary>
internal static class Surgery
{
    public static byte[] Cut(this byte[] file, double part) => file[..(int)(file.Length * part)];

    public static byte[] Then(this byte[] file, byte[] more) => [.. file, .. more];

    public static byte[] Then(this byte[] file, string more) => file.Then(Encoding.UTF8.GetBytes(more));

    public static byte[] With(this byte[] file, int at, params byte[] bytes)
    {
        var changed = file.ToArray();
        bytes.CopyTo(changed, at);
        return changed;
    }

    /// <summary>A JPEG with one more segment behind its first bytes.</summary>
    public static byte[] WithSegment(this byte[] jpeg, byte marker, byte[] content) =>
        [.. jpeg[..2], 0xFF, marker, (byte)((content.Length + 2) >> 8), (byte)(content.Length + 2), .. content, .. jpeg[2..]];

    /// <summary>A JPEG as a camera writes it: lying on its side (orientation 6), with caption, place and moment.</summary>
    public static byte[] AsFromACamera(this byte[] jpeg, string caption, string taken = "2026:03:09 17:30:00") =>
        WithoutExif(jpeg).WithSegment(0xE1, [.. "Exif\0\0"u8, .. Exif(caption, taken)]);

    public static byte[] WithIptc(this byte[] jpeg, params (byte Number, string Words)[] fields)
    {
        byte[] records = [.. fields.SelectMany(field =>
        {
            var words = Encoding.UTF8.GetBytes(field.Words);
            return new byte[] { 0x1C, 2, field.Number, (byte)(words.Length >> 8), (byte)words.Length }.Concat(words);
        })];
        if (records.Length % 2 == 1)
            records = [.. records, 0];
        var length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, records.Length);
        return jpeg.WithSegment(0xED, [.. "Photoshop 3.0\08BIM"u8, 0x04, 0x04, 0, 0, .. length, .. records]);
    }

    public static byte[] WithXmp(this byte[] jpeg, string description) => jpeg.WithSegment(0xE1,
        [.. "http://ns.adobe.com/xap/1.0/\0"u8, .. Encoding.UTF8.GetBytes($"""
        <x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
        <rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" xmlns:c="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/" photoshop:Credit="Wend Pictures">
        {description}</rdf:Description></rdf:RDF></x:xmpmeta>
        """)]);

    private static byte[] WithoutExif(byte[] jpeg)
    {
        var at = jpeg.AsSpan().IndexOf("Exif\0\0"u8);
        return at < 0 ? jpeg : [.. jpeg[..(at - 4)], .. jpeg[(at - 2 + BinaryPrimitives.ReadUInt16BigEndian(jpeg.AsSpan(at - 2)))..]];
    }

    /// <summary>A first table with orientation, caption and the ways to the camera's table (moment) and the place.</summary>
    private static byte[] Exif(string caption, string taken)
    {
        var words = Encoding.UTF8.GetBytes(caption + "\0");
        var moment = Encoding.ASCII.GetBytes(taken + "\0");
        const int First = 8, FirstLength = 2 + (4 * 12) + 4, Camera = First + FirstLength, CameraLength = 2 + 12 + 4, Place = Camera + CameraLength, PlaceLength = 2 + (2 * 12) + 4;
        const int Latitude = Place + PlaceLength, Words = Latitude + 24;
        var file = new List<byte>([(byte)'M', (byte)'M', 0, 42, .. Long(First)]);
        file.AddRange([0, 4, .. Entry(270, 2, words.Length, Words), .. Entry(274, 3, 1, 6 << 16), .. Entry(34665, 4, 1, Camera), .. Entry(34853, 4, 1, Place), .. Long(0)]);
        file.AddRange([0, 1, .. Entry(36867, 2, moment.Length, Words + words.Length), .. Long(0)]);
        file.AddRange([0, 2, .. Entry(1, 2, 2, 'N' << 24), .. Entry(2, 5, 3, Latitude), .. Long(0)]);
        file.AddRange([.. Long(51), .. Long(1), .. Long(30), .. Long(1), .. Long(26), .. Long(1), .. words, .. moment]);
        return [.. file];
    }

    private static byte[] Entry(ushort tag, ushort type, int count, int value) => [(byte)(tag >> 8), (byte)tag, 0, (byte)type, .. Long(count), .. Long(value)];

    private static byte[] Long(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }
}
