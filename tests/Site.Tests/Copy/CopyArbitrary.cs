using FsCheck;
using FsCheck.Fluent;

namespace LondonDefender.Tests.Copy;

/// <summary>Copy no editor would write: signs that mean something, in any order, among characters that mean nothing.</summary>
internal static class CopyArbitrary
{
    private static readonly string[] Signs =
    [
        "\n", "\n\n", "\r\n", " ", "  ", "    ", "\t", "> ", "- ", "1. ", "# ", "## ", "***", "---", "```", "~~~", "`", "*", "**", "_", "__", "\\", "&", "&lt;", "&#106;",
        "&#x0;", "[", "]", "(", ")", "![", "](", "<", ">", "\"", "'", "=", ":", "://", "word", "Two words", "“", "”", "‘", "’", "—", "é", "\u00A0", "\u00AD", "\u200B", "😀", "\uD83D", "\uDE00", "\0",
        "READ MORE:", "READ MORE: ", "\nREAD MORE: ", "\n> READ MORE: ", "**WATCH:** ", "\nRELATED:\n- ", "DON’T MISS: ", "story:7", "story:0", "story:x", "[a](story:7)", "[a](story:8 \"t\")",
        "https://example.com/", "http://x\"y", "javascript:alert(1)", "JaVaScript&colon;", "java\tscript:", "data:text/html,", "//evil", "/path", "mailto:a@b.c", "<javascript:x>", "<https://a.b>",
        "\n:::\n", ":::", "\n::: ", "\n::: facts Title\n", "::: facts \" onclick=\"x\n", "\n::: q&a <b>\n", "**Who?** ", "\n::: quote\n", "\n::: said\n", "\n— [N](https://a.b/\"x), 3 May 2021\n", "\n-- ",
        "\n::: key points\n- a\n:::\n", "\n::: timeline T\n- **12 May 2021** b\n:::\n", "\n::: list T\n1. **c** d\n:::\n", "\n::: entry 2021-11-19 14:05 Headline\n", "\n::: key entry 2021-11-18 1.05\n", "\n::: entry 2021-11-20 00:00 <i>\n",
        "\n::: table Caption\n", "\n| a | b |\n|---|--:|\n| 1 | 2 |\n", "|", "|---|", "\n\n![a](picture:7 \"c\")\n\n", "![a](picture:8)", "picture:x", "#### ",
        "<script>", "</script>", "<img src=x onerror=alert(1)>", "<style>", "<iframe src=\"", "<!--", "-->", "<![CDATA[", " onclick=\"x\"", "{onclick=x}", "[1]: javascript:x\n", "[1]", "[1]: https://a.b\n",
    ];

    public static Arbitrary<string> Markdown { get; } = Gen.OneOf(Mixed(), Any()).ToArbitrary();

    private static Gen<string> Mixed() =>
        Gen.Elements(Signs).ListOf().Select(signs => string.Concat(signs));

    private static Gen<string> Any() => ArbMap.Default.ArbFor<string?>().Generator.Select(text => text ?? "");
}
