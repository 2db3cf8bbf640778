using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace LondonDefender.Feeds;

/// <summary>JSON for machines: what says nothing is left out, and other scripts stay readable.</summary>
public static class JsonPrint
{
    private static readonly JsonSerializerOptions ForMachines = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        // Never inside a page: these files have a media type of their own and say nosniff.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static byte[] Of<T>(T thing) => JsonSerializer.SerializeToUtf8Bytes(thing, ForMachines);
}
