using LondonDefender.Stories;

namespace LondonDefender.Fronts;

/// <summary>A container with the stories it shows today.</summary>
/// <param name="MoreAddress">Where its heading leads: its section or topic; null when it draws from the whole paper.</param>
public sealed record FilledContainer(string Title, ContainerLayout Layout, string? MoreAddress, IReadOnlyList<StoryBrief> Stories)
{
    public string Key { get; init; } = "";

    /// <summary>Who wrote them, where the layout tells it.</summary>
    public IReadOnlyDictionary<int, CardWriter> Writers { get; init; } = new Dictionary<int, CardWriter>();

    /// <summary>Under the heading of one section its name need not stand over every story.</summary>
    public bool NamesSection { get; init; } = MoreAddress is null;

    /// <summary>As its own section's front has it: there it need not lead to where the reader is.</summary>
    public FilledContainer Within(string address) => MoreAddress == address ? this with { MoreAddress = null, NamesSection = false } : this;
}
