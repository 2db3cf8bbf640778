using System.Text.Json;
using System.Text.Json.Serialization;

namespace LondonDefender.Wire.MovingOut;

/// <summary>What a file that a whole paper travels in says of itself.</summary>
public sealed record Manifest
{
    public const string FileName = "manifest.json";

    /// <summary>Counts up when what was written before cannot be read any more as it is.</summary>
    public const int FormOfToday = 1;

    public const string OfExport = "london-defender-export", OfBackup = "london-defender-backup";

    public string Kind { get; init; } = "";
    public int Form { get; init; }

    /// <summary>The version of the program that wrote it.</summary>
    public string Program { get; init; } = "";

    /// <summary>Left out of an export, so that the same paper makes the same file.</summary>
    public DateTimeOffset? MadeAt { get; init; }

    public string Paper { get; init; } = "";
    public IReadOnlyList<string> Migrations { get; init; } = [];
    public IReadOnlyList<Table> Tables { get; init; } = [];

    /// <summary>Ids of pictures whose files were not to be had.</summary>
    public IReadOnlyList<int> PicturesWithoutFile { get; init; } = [];

    /// <summary>Which pictures of the demo edition have arrived, so that none arrives twice.</summary>
    public IReadOnlyList<string> Arrived { get; init; } = [];

    /// <summary>Of the list of checksums.</summary>
    public string Checksums { get; init; } = "";

    /// <param name="Last">The last number given in a column that numbers the rows.</param>
    public sealed record Table(string Name, IReadOnlyList<string> Columns, long Rows, IReadOnlyDictionary<string, long> Last)
    {
        [JsonIgnore]
        public string File => FileOf(Name);

        public static string FileOf(string name) => $"tables/{name}.csv";
    }

    private static readonly JsonSerializerOptions Written = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NewLine = "\n",
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public byte[] AsFile() => [.. JsonSerializer.SerializeToUtf8Bytes(this, Written), (byte)'\n'];

    /// <exception cref="JsonException">It is none.</exception>
    public static Manifest? Read(byte[] file) => JsonSerializer.Deserialize<Manifest>(file, Written);
}
