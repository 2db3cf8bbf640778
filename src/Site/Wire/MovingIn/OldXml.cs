using System.Text;
using System.Xml;

namespace LondonDefender.Wire.MovingIn;

/// <summary>XML from strangers, read as it comes: no document type, nothing fetched, no field longer than any story.</summary>
internal static class OldXml
{
    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        CheckCharacters = false,
        CloseInput = true,
    };

    public static XmlReader Open(string path) => XmlReader.Create(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16), Settings);

    /// <summary>Each element of that name, as a document of its own to be read or left.</summary>
    /// <exception cref="UnreadableOldPaper">Where the file breaks off.</exception>
    public static IEnumerable<T> Each<T>(string path, Func<XmlReader, T?> read) where T : class
    {
        using var reader = Guarded(() => Open(path));
        while (Guarded(() => Next(reader, read)) is { IsThere: true } next)
        {
            if (next.Found is { } found)
                yield return found;
        }
    }

    /// <summary>The name of the outermost element; null where it cannot be read.</summary>
    public static XmlReader? Root(string path)
    {
        var reader = Open(path);
        try
        {
            if (reader.MoveToContent() == XmlNodeType.Element)
                return reader;
        }
        catch (XmlException)
        {
            // What is wrong with it is said by whoever reads it whole.
        }

        reader.Dispose();
        return null;
    }

    /// <summary>What an element holds, up to a bound; the reader stands behind it then.</summary>
    public static string Text(XmlReader reader, int longest = OldPaper.LongestField)
    {
        if (reader.IsEmptyElement)
        {
            reader.Read();
            return "";
        }

        var text = new StringBuilder();
        var block = new char[8192];
        var depth = reader.Depth;
        reader.Read();
        while (reader.Depth > depth)
        {
            if (reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace)
            {
                while (reader.ReadValueChunk(block, 0, block.Length) is > 0 and var count)
                    text.Append(block, 0, Math.Min(count, longest - text.Length));
            }

            reader.Read();
        }

        reader.Read();
        return text.ToString();
    }

    public static T Guarded<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (XmlException problem) when (problem.Message.Contains("DTD", StringComparison.Ordinal))
        {
            throw new UnreadableOldPaper("The file declares a document type (DTD), which no export does and a trap may. Nothing of it was read.");
        }
        catch (XmlException problem)
        {
            throw new UnreadableOldPaper($"The file is no whole XML: line {problem.LineNumber}: {problem.Message.TrimEnd('.')}. Export it again; perhaps it was cut off on its way.");
        }
    }

    private static (bool IsThere, T? Found) Next<T>(XmlReader reader, Func<XmlReader, T?> read) where T : class
    {
        while (!reader.EOF)
        {
            // Whoever reads it leaves the reader behind it, or within.
            if (reader.NodeType == XmlNodeType.Element && reader.Depth > 0)
                return (true, read(reader));

            reader.Read();
        }

        return (false, null);
    }
}
