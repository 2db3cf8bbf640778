using LondonDefender.Stories;

namespace LondonDefender.Fronts;

/// <summary>A container with the stories it shows today.</summary>
/// <param name="MoreAddress">Where its heading leads: its section or topic; null when it draws from the whole paper.</param>
public sealed record FilledContainer(string Title, ContainerLayout Layout, string? MoreAddress, IReadOnlyList<StoryBrief> Stories)
{
    /// <summary>Who wrote them, where the layout tells it.</summary>
    public IReadOnlyDictionary<int, CardWriter> Writers { get; init; } = new Dictionary<int, CardWriter>();
}
