namespace LondonDefender.Hosting;

/// <summary>Whether the paper runs although its database has not been brought up to date: then only pages of before are given out.</summary>
public sealed class Preparation
{
    public bool IsUnderWay { get; set; }
}
