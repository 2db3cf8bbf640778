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
}
