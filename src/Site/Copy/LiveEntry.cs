namespace LondonDefender.Copy;

/// <summary>An entry of a live story. Day and time are the paper's wall clock; its text is prose alone.</summary>
public sealed record LiveEntry(DateOnly Day, TimeOnly Time, string Headline, bool IsKey, string Anchor, string Text);
