using System.Globalization;
using LondonDefender.Copy;

namespace LondonDefender.Paper;

/// <summary>What makes this paper this paper: its masthead, its clock, its labels. One row.</summary>
public sealed class PaperSettings
{
    public const int LongestPolicy = 20_000;

    public int Id { get; private set; } = 1;
    public string Name { get; set; } = "London Defender";
    public string Tagline { get; set; } = "The Daily Mirror of the Great Britain";
    public string About { get; set; } = "News, comment and the stories behind them.";
    public string Language { get; set; } = "en-GB";
    public string TimeZone { get; set; } = "Europe/London";

    /// <summary>What the paper tells of itself on /about, in Markdown; what is empty is not shown.</summary>
    public string Mission { get; set; } = "";
    public string Ownership { get; set; } = "";
    public string Ethics { get; set; } = "";
    public string CorrectionsPolicy { get; set; } = "";
    public string Contact { get; set; } = "";

    /// <summary>Whether somebody else must have looked at a text before it is published.</summary>
    public bool FourEyes { get; set; }

    /// <summary>Addresses of the paper's profiles elsewhere, in the order readers see them in.</summary>
    public string[] SocialAccounts { get; set; } = [];

    public string[] Labels { get; set; } = [.. ReadMoreLabels.Default.Labels];

    public TimeZoneInfo Zone => TimeZoneInfo.FindSystemTimeZoneById(TimeZone);
    public CultureInfo Culture => PaperLanguage.CultureOf(Language);
    public ReadMoreLabels LabelsInUse => new(Labels);
}
