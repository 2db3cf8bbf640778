namespace LondonDefender.Paper;

/// <summary>What the paper says of itself, in the parts that it has written.</summary>
/// <param name="Anchor">Where it stands on /about.</param>
/// <param name="Policies">Which of schema.org's questions about a news organisation it answers.</param>
public sealed record AboutPart(string Anchor, string Title, string Text, IReadOnlyList<string> Policies)
{
    public const string Page = "/about";

    /// <summary>Where the people who write stand on the page.</summary>
    public const string Masthead = "masthead";

    public string Address => $"{Page}#{Anchor}";

    public static IReadOnlyList<AboutPart> Of(PaperSettings settings) =>
    [
        .. new AboutPart[]
        {
            new("mission", ReadersWords.WhatWeAreFor, settings.Mission, ["missionCoveragePrioritiesPolicy"]),
            new("ownership", ReadersWords.WhoOwnsThePaper, settings.Ownership, ["ownershipFundingInfo"]),
            new("ethics", ReadersWords.HowWeWork, settings.Ethics, ["publishingPrinciples", "ethicsPolicy"]),
            new("corrections", ReadersWords.WhenWeGetItWrong, settings.CorrectionsPolicy, ["correctionsPolicy"]),
            new("contact", ReadersWords.WriteToUs, settings.Contact, ["actionableFeedbackPolicy"]),
        }.Where(part => part.Text.Length > 0),
    ];
}
