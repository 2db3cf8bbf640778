using System.Buffers.Binary;

namespace LondonDefender.Pictures;

/// <summary>What desks of agencies write into pictures: IPTC records, bare or inside Photoshop's resources.</summary>
internal sealed record IptcFields
{
    private const int MostFields = 1_000;

    public string? Caption { get; private set; }
    public string? Byline { get; private set; }
    public string? Credit { get; private set; }
    public string? Copyright { get; private set; }
    public string? Date { get; private set; }
    public string? Time { get; private set; }

    public static IptcFields Read(ReadOnlySpan<byte> block)
    {
        var fields = new IptcFields();
        var records = Records(block);
        for (var number = 0; number < MostFields && records.Length >= 5 && records[0] == 0x1C; number++)
        {
            var length = BinaryPrimitives.ReadUInt16BigEndian(records[3..]);
            // An extended length belongs to embedded files, never to words.
            if (length > 0x7FFF || 5 + length > records.Length)
                break;
            if (records[1] == 2)
                fields.Take(records[2], records.Slice(5, length));
            records = records[(5 + length)..];
        }

        return fields;
    }

    private void Take(byte number, ReadOnlySpan<byte> words)
    {
        switch (number)
        {
            case 55: Date ??= MetadataText.Read(words); break;
            case 60: Time ??= MetadataText.Read(words); break;
            case 80: Byline ??= MetadataText.Read(words); break;
            case 110: Credit ??= MetadataText.Read(words); break;
            case 116: Copyright ??= MetadataText.Read(words); break;
            case 120: Caption ??= MetadataText.Read(words); break;
            default: break;
        }
    }

    /// <summary>Photoshop keeps the records as number 0x0404 among its resources.</summary>
    private static ReadOnlySpan<byte> Records(ReadOnlySpan<byte> block)
    {
        if (block.StartsWith("Photoshop 3.0\0"u8))
            block = block["Photoshop 3.0\0".Length..];
        while (block.Length >= 12 && block.StartsWith("8BIM"u8))
        {
            var name = block[6] + 1;
            var at = 6 + name + (name & 1);
            if (at + 4 > block.Length)
                return [];

            var length = BinaryPrimitives.ReadUInt32BigEndian(block[at..]);
            if (length > block.Length - at - 4)
                return [];
            if (BinaryPrimitives.ReadUInt16BigEndian(block[4..]) == 0x0404)
                return block.Slice(at + 4, (int)length);

            var next = at + 4 + (int)length + (int)(length & 1);
            block = next < block.Length ? block[next..] : [];
        }

        return block;
    }
}
