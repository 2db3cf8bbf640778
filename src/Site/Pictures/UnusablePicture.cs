namespace LondonDefender.Pictures;

/// <summary>Why a file is not taken, as a sentence for the person who sent it.</summary>
public sealed class UnusablePicture(string sentence) : Exception(sentence)
{
    public static UnusablePicture Truncated() => new("The file ends in the middle of the picture. Send it again; if that does not help, save it anew in a picture program.");

    public static UnusablePicture Damaged() => new("The file is damaged, so the picture cannot be unpacked. Open it in a picture program and save it anew.");

    public static UnusablePicture WithSomethingElse(string what) =>
        new($"There is something besides the picture in the file: {what}. Open it in a picture program, save it anew, and send that.");
}
