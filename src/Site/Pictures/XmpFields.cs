using System.Xml;

namespace LondonDefender.Pictures;

/// <summary>The few fields we want of an XMP packet, read as it goes by: no tree is built of what strangers wrote.</summary>
internal sealed record XmpFields
{
    private const int MostDepth = 64;
    private const string Core = "http://purl.org/dc/elements/1.1/", Photoshop = "http://ns.adobe.com/photoshop/1.0/", Iptc = "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/";

    public string? Description { get; private set; }
    public string? AltText { get; private set; }
    public string? Creator { get; private set; }
    public string? Credit { get; private set; }
    public string? Rights { get; private set; }
    public string? DateCreated { get; private set; }

    public static XmpFields Read(byte[] packet)
    {
        var fields = new XmpFields();
        if (packet.Length == 0)
            return fields;

        try
        {
            var careful = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = 8 * 1024 * 1024, ConformanceLevel = ConformanceLevel.Auto };
            using var reader = XmlReader.Create(new MemoryStream(packet), careful);
            fields.ReadAll(reader);
        }
        catch (XmlException)
        {
            // Whatever stood before the mistake is kept; a caption can be typed.
        }

        return fields;
    }

    private void ReadAll(XmlReader reader)
    {
        (string Name, int Depth)? field = null;
        while (reader.Read() && reader.Depth < MostDepth)
        {
            if (field is { } open && reader.Depth <= open.Depth)
                field = null;
            if (reader.NodeType == XmlNodeType.Element)
            {
                TakeAttributes(reader);
                if (NameOf(reader) is { } name)
                    field = (name, reader.Depth);
            }
            else if (reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA && field is { } current)
            {
                Take(current.Name, reader.Value);
            }
        }
    }

    private void TakeAttributes(XmlReader reader)
    {
        for (var more = reader.MoveToFirstAttribute(); more; more = reader.MoveToNextAttribute())
        {
            if (NameOf(reader) is { } name)
                Take(name, reader.Value);
        }

        reader.MoveToElement();
    }

    private static string? NameOf(XmlReader reader) => (reader.NamespaceURI, reader.LocalName) switch
    {
        (Core, "description" or "creator" or "rights") => reader.LocalName,
        (Photoshop, "Credit" or "DateCreated") => reader.LocalName,
        (Iptc, "AltTextAccessibility") => reader.LocalName,
        _ => null,
    };

    /// <summary>Of several languages or people the first.</summary>
    private void Take(string name, string words)
    {
        if (string.IsNullOrWhiteSpace(words))
            return;

        switch (name)
        {
            case "description": Description ??= words; break;
            case "creator": Creator ??= words; break;
            case "rights": Rights ??= words; break;
            case "Credit": Credit ??= words; break;
            case "DateCreated": DateCreated ??= words; break;
            default: AltText ??= words; break;
        }
    }
}
