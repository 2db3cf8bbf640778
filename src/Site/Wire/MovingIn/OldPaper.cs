namespace LondonDefender.Wire.MovingIn;

/// <summary>An old paper as one of its exports holds it. Read twice: once for what there is and how it hangs together, once for the texts.</summary>
public abstract class OldPaper : IDisposable
{
    public const long LargestFile = 4L << 30;

    /// <summary>In characters. A longer text is no story, and is cut.</summary>
    internal const int LongestField = 2_000_000;

    public abstract string Kind { get; }

    /// <summary>Where it stood, when it says so itself.</summary>
    public Uri? Site { get; protected set; }

    /// <summary>What stood in the file and is no story, counted by what it is.</summary>
    public SortedDictionary<string, int> NotTaken { get; } = new(StringComparer.Ordinal);

    public List<OldListPage> ListPages { get; } = [];

    /// <summary>Those of whom the old paper kept more than a name under a story.</summary>
    public Dictionary<string, OldWriter> Writers { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <param name="withTexts">Without them it is the first reading, which also fills what else is known of the paper.</param>
    /// <exception cref="UnreadableOldPaper">The reason.</exception>
    public abstract IEnumerable<OldStory> Read(bool withTexts);

    /// <summary>A picture that a text names by the old paper's own number.</summary>
    public virtual OldPicture? PictureNumbered(string number) => null;

    /// <summary>A file of the old paper's own that lies beside what was read.</summary>
    /// <param name="story">Whose text names it.</param>
    public virtual string? FileOf(string address, OldStory story) => null;

    public virtual void Dispose() => GC.SuppressFinalize(this);

    /// <exception cref="UnreadableOldPaper">What it is not.</exception>
    public static OldPaper Open(MoveRequest options, TimeZoneInfo zone)
    {
        if (Directory.Exists(options.Path))
            return new MarkdownFolder(options.Path, options.Permalinks, zone);
        if (!File.Exists(options.Path))
            throw new UnreadableOldPaper($"There is no file or folder {options.Path}.");
        if (new FileInfo(options.Path).Length > LargestFile)
            throw new UnreadableOldPaper("The file is larger than 4 GB, which no export is. Export in several parts.");

        return FirstSign(options.Path) switch
        {
            'P' => MarkdownFolder.OfZip(options.Path, options.Permalinks, zone),
            '{' => new GhostPaper(options.Path),
            '<' => WxrPaper.IsOne(options.Path) ? new WxrPaper(options.Path, zone) : new FeedPaper(options.Path, zone),
            _ => throw new UnreadableOldPaper($"{Path.GetFileName(options.Path)} is none of what can be read: WordPress’s export (.xml), Ghost’s (.json), a feed (.xml), or a folder of Markdown, also as .zip."),
        };
    }

    protected void Leave(string what) => NotTaken[what] = NotTaken.GetValueOrDefault(what) + 1;

    private static char FirstSign(string path)
    {
        using var file = File.OpenRead(path);
        Span<byte> first = stackalloc byte[64];
        var count = file.ReadAtLeast(first, first.Length, throwOnEndOfStream: false);
        if (first[..count].StartsWith("PK\u0003\u0004"u8))
            return 'P';

        foreach (var sign in first[..count])
        {
            if (sign is (byte)'{' or (byte)'<')
                return (char)sign;
            if (sign is not ((byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' or 0xEF or 0xBB or 0xBF))
                return '?';
        }

        return '?';
    }
}
