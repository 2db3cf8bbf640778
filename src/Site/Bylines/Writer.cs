namespace LondonDefender.Bylines;

/// <summary>Someone whose name stands over a story. Apart from sign-in accounts: a guest writer needs no password.</summary>
public sealed class Writer
{
    public int Id { get; private set; }
    public required string Name { get; set; }
    public required string Slug { get; set; }
    public string Role { get; set; } = "";
    public string About { get; set; } = "";
    public int? PortraitId { get; set; }

    /// <summary>Where readers may write to; empty when the writer is not to be written to.</summary>
    public string Email { get; set; } = "";

    /// <summary>Pages of the writer's elsewhere, each beginning with https://.</summary>
    public string[] Links { get; set; } = [];
}
