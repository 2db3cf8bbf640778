using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using LondonDefender.Copy;

namespace LondonDefender.Pictures;

/// <summary>What people say about a picture, and the point they want kept; all of it but the file.</summary>
public sealed record PictureDetails
{
    public string Caption { get; init; } = "";
    public string Alt { get; init; } = "";
    public string Credit { get; init; } = "";
    public string Rights { get; init; } = "";
    public DateTimeOffset? RightsUntil { get; init; }
    public DateTimeOffset? TakenAt { get; init; }
    public float FocusX { get; init; }
    public float FocusY { get; init; }

    /// <summary>Tells whether a colleague has said otherwise since a form was opened.</summary>
    public string Mark => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n',
        Caption, Alt, Credit, Rights, Moment(RightsUntil), Moment(TakenAt), Fraction(FocusX), Fraction(FocusY)))))[..16];

    public static PictureDetails Of(Picture picture) => new()
    {
        Caption = picture.Caption,
        Alt = picture.Alt,
        Credit = picture.Credit,
        Rights = picture.Rights,
        RightsUntil = picture.RightsUntil,
        TakenAt = picture.TakenAt,
        FocusX = picture.FocusX,
        FocusY = picture.FocusY,
    };

    public PictureDetails Cleaned() => this with
    {
        Caption = PlainWords.OneLine(Caption),
        Alt = PlainWords.OneLine(Alt),
        Credit = PlainWords.OneLine(Credit),
        Rights = PlainWords.OneLine(Rights),
        RightsUntil = RightsUntil?.ToUniversalTime(),
        TakenAt = TakenAt?.ToUniversalTime(),
    };

    public string? WhyNot() => new[] { Caption, Alt, Credit, Rights }.Any(words => words.Length > Picture.LongestWords)
        ? $"Caption, description, credit and rights take at most {Picture.LongestWords} characters each."
        : null;

    public void WriteOn(Picture picture)
    {
        (picture.Caption, picture.Alt, picture.Credit, picture.Rights) = (Caption, Alt, Credit, Rights);
        (picture.RightsUntil, picture.TakenAt) = (RightsUntil, TakenAt);
        if (picture.FocusX != FocusX || picture.FocusY != FocusY)
            picture.FocusOn(FocusX, FocusY);
    }

    private static string Moment(DateTimeOffset? moment) => moment?.UtcTicks.ToString(CultureInfo.InvariantCulture) ?? "";

    private static string Fraction(float value) => value.ToString("0.0000", CultureInfo.InvariantCulture);
}
