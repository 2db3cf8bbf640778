namespace LondonDefender.Data;

/// <summary>The database takes questions and answers none.</summary>
public sealed class DatabaseSilent() : Exception("It has said nothing for longer than anybody waits.");
