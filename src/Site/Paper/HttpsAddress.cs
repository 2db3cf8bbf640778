namespace LondonDefender.Paper;

/// <summary>An address elsewhere that readers may be sent to: whole, by https, and without a name or password in it.</summary>
public static class HttpsAddress
{
    public const int Longest = 200;

    public static bool IsOne(string written) =>
        written.Length <= Longest && written.StartsWith("https://", StringComparison.Ordinal) && written.All(c => c > ' ' && c != '\\' && c != 0x7F)
        && Uri.TryCreate(written, UriKind.Absolute, out var address) && address.Host.Contains('.', StringComparison.Ordinal) && address.UserInfo.Length == 0;
}
