using System.Text.Json.Nodes;

namespace LondonDefender.Paper;

/// <summary>JSON that leaves out what says nothing.</summary>
public static class Json
{
    public static JsonObject Object(params IEnumerable<(string Name, JsonNode? Value)> properties)
    {
        var thing = new JsonObject();
        foreach (var (name, value) in properties)
        {
            if (Says(value))
                thing[name] = value;
        }

        return thing;
    }

    public static JsonArray List(IEnumerable<JsonNode?> items) => new([.. items]);

    private static bool Says(JsonNode? value) => value switch
    {
        null => false,
        JsonArray { Count: 0 } => false,
        JsonValue text when text.TryGetValue<string>(out var words) => words.Length > 0,
        _ => true,
    };
}
