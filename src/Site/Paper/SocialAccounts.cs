using System.Text.RegularExpressions;
using LondonDefender.Copy;

namespace LondonDefender.Paper;

/// <summary>The paper elsewhere: its profiles on networks, each by its address.</summary>
public static partial class SocialAccounts
{
    public const int Most = 12;

    private const string X = "X", Mastodon = "Mastodon";

    private static readonly Dictionary<string, string> Networks = new(StringComparer.Ordinal)
    {
        ["x.com"] = X,
        ["twitter.com"] = X,
        ["bsky.app"] = "Bluesky",
        ["facebook.com"] = "Facebook",
        ["instagram.com"] = "Instagram",
        ["youtube.com"] = "YouTube",
        ["linkedin.com"] = "LinkedIn",
        ["tiktok.com"] = "TikTok",
        ["threads.com"] = "Threads",
        ["threads.net"] = "Threads",
        ["whatsapp.com"] = "WhatsApp",
        ["t.me"] = "Telegram",
        ["journa.host"] = Mastodon,
        ["mas.to"] = Mastodon,
        ["newsie.social"] = Mastodon,
    };

    /// <summary>A sentence for the editor when one of them is not to be had by readers; null when all are.</summary>
    public static string? WhatIsWrong(IReadOnlyCollection<string> accounts) =>
        accounts.FirstOrDefault(account => !HttpsAddress.IsOne(account)) is { } wrong ? $"“{PlainWords.Cut(wrong, 60)}” is not the address of a profile. It looks like https://bsky.app/profile/paper.example."
        : accounts.FirstOrDefault(IsNobodys) is { } network ? $"“{PlainWords.Cut(network, 60)}” leads to {NetworkOf(network)} itself. Give the address of the paper’s profile there."
        : accounts.Count > Most ? $"Give at most {Most} social accounts; readers follow one or two."
        : null;

    /// <summary>Each with what readers see of it: its network, and its name there where the paper has several on one.</summary>
    public static IReadOnlyList<(string Address, string Words)> Shown(IEnumerable<string> kept)
    {
        // A paper may have come in from an archive that somebody wrote by hand.
        var accounts = kept.Where(HttpsAddress.IsOne).ToList();
        var several = accounts.GroupBy(NetworkOf).Where(network => network.Count() > 1).Select(network => network.Key).ToHashSet();
        return [.. accounts.Select(account => (account, NetworkOf(account) is var network && several.Contains(network) ? $"{network}: {NameIn(account)}" : network))];
    }

    /// <summary>The paper's name on X with its @, for cards there; null when it has none.</summary>
    public static string? NameOnX(IEnumerable<string> accounts) =>
        accounts.Where(account => HttpsAddress.IsOne(account) && NetworkOf(account) == X).Select(account => "@" + NameIn(account).TrimStart('@')).FirstOrDefault(name => WhatXAllows().IsMatch(name));

    public static string NetworkOf(string account)
    {
        var host = HostOf(account);
        return Networks.Where(network => host == network.Key || host.EndsWith('.' + network.Key, StringComparison.Ordinal)).Select(network => network.Value).FirstOrDefault()
            ?? (MastodonsHosts().IsMatch(host) ? Mastodon : host);
    }

    private static string HostOf(string account) => new Uri(account).Host is var host && host.StartsWith("www.", StringComparison.Ordinal) ? host[4..] : host;

    private static bool IsNobodys(string account) => Networks.ContainsKey(HostOf(account)) && NameIn(account).Length == 0;

    private static string NameIn(string account) => Uri.UnescapeDataString(new Uri(account).AbsolutePath.Trim('/').Split('/')[^1]);

    [GeneratedRegex("(^|[.-])(mastodon|mstdn)([.-]|$)")]
    private static partial Regex MastodonsHosts();

    [GeneratedRegex("^@[A-Za-z0-9_]{1,15}$")]
    private static partial Regex WhatXAllows();
}
