using LondonDefender.Paper;

namespace LondonDefender.Stories.Corrections;

public static class CorrectionKinds
{
    /// <summary>What readers are told it is.</summary>
    public static string Label(this CorrectionKind kind) => kind switch
    {
        CorrectionKind.Correction => ReadersWords.Correction,
        CorrectionKind.Clarification => ReadersWords.Clarification,
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
