using System.Net.Mail;
using LondonDefender.Paper;

namespace LondonDefender.Bylines;

/// <summary>How readers reach a writer: an e-mail address, and pages elsewhere.</summary>
public static class WriterContact
{
    public const int MostLinks = 6;
    private const int Longest = 200;

    /// <summary>A sentence for the editor when the address cannot be written to; null when it can, or when there is none.</summary>
    public static string? WhyNotEmail(string email) =>
        email.Length == 0 || (email.Length <= Longest && MailAddress.TryCreate(email, out var read) && read.Address == email && email.All(IsPlain) && read.Host.Contains('.', StringComparison.Ordinal))
            ? null
            : "The e-mail address is not one that can be written to. It looks like name@paper.example.";

    /// <summary>A sentence for the editor when one of the addresses leads nowhere, or there are too many.</summary>
    public static string? WhyNotLinks(IReadOnlyCollection<string> links) => links.FirstOrDefault(link => !HttpsAddress.IsOne(link)) is { } wrong
        ? $"“{Cut(wrong)}” is not an address that begins with https://."
        : links.Count > MostLinks ? $"A writer has at most {MostLinks} addresses." : null;

    /// <summary>An address without what readers need not see of it.</summary>
    public static string Shown(string link) => link["https://".Length..].TrimEnd('/') is var shown && shown.StartsWith("www.", StringComparison.Ordinal) ? shown[4..] : shown;

    private static bool IsPlain(char c) => char.IsAsciiLetterOrDigit(c) || "@.-_+'".Contains(c, StringComparison.Ordinal);

    private static string Cut(string text) => text.Length <= 60 ? text : text[..60] + "…";
}
