using System.Globalization;

namespace LondonDefender.Pictures;

/// <summary>
/// The soft colour a picture's place has until it comes, rounded to the few tones the style sheet knows: a page carries no style of its own.
/// </summary>
public static class PictureTones
{
    public const int Steps = 3;

    /// <summary>Two digits a channel, rounded to <see cref="Steps"/> steps: 0 to 26, for .tone-0 to .tone-26.</summary>
    public static int Of(string colour)
    {
        if (colour.Length != 7 || !int.TryParse(colour.AsSpan(1), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var rgb))
            return 13;

        return (((Step(rgb >> 16) * Steps) + Step((rgb >> 8) & 255)) * Steps) + Step(rgb & 255);
    }

    private static int Step(int channel) => Math.Clamp(channel * Steps / 256, 0, Steps - 1);
}
