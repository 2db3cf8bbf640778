namespace LondonDefender.Staff;

/// <summary>A key that seals sign-in cookies and forms, kept in the database so that every node and every restart knows it.</summary>
public sealed class ProtectionKey
{
    public int Id { get; private set; }
    public required string Name { get; init; }
    public required string Xml { get; init; }
}
