using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace LondonDefender.BrowserTests.Everybody;

/// <summary>
/// Looks at a page as it stands in light and dark, on a telephone and on a desk: no breach of WCAG 2.2 AA that a machine can find,
/// nothing to scroll sideways for on the narrowest screen, nothing wrong behind the page. Frames are pages of their own, and looked at as such.
/// </summary>
public static class Inspection
{
    private const int NarrowestScreen = 320;

    private static readonly int[] Screens = [360, 1280];

    private static readonly string[] Rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"];

    private static readonly string Axe = new BundledAxeScriptProvider().GetScript();

    public static async Task PassesAsync(Visitor visitor, string name)
    {
        List<string> found = [.. visitor.Troubles];
        await visitor.Page.EvaluateAsync(Axe);
        foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            await visitor.Page.EmulateMediaAsync(new() { ColorScheme = scheme });
            foreach (var screen in Screens)
            {
                await visitor.Page.SetViewportSizeAsync(screen, 900);
                found.AddRange(await BreachesAsync(visitor.Page, $"{name}, {scheme} at {screen}"));
            }
        }

        await visitor.Page.SetViewportSizeAsync(NarrowestScreen, 900);
        if (await SidewaysAsync(visitor.Page) is { Length: > 0 } wide)
            found.Add($"{name} at {NarrowestScreen} has to be scrolled sideways because of {wide}");

        Assert.True(found.Count == 0, string.Join("\n", found.Distinct()));
    }

    private static Task<string[]> BreachesAsync(IPage page, string where) => page.EvaluateAsync<string[]>(
        """
        async ([where, rules]) => {
          const { violations } = await axe.run(document, { runOnly: { type: 'tag', values: rules }, resultTypes: ['violations'], iframes: false });
          return violations.flatMap(({ id, help, nodes }) =>
            nodes.map(node => `${where}: ${id} (${help}): ${node.target} ${node.html}\n    ${node.failureSummary}`));
        }
        """,
        new object[] { where, Rules });

    /// <summary>The elements that stick out of the screen, when the page as a whole is wider than it.</summary>
    private static Task<string> SidewaysAsync(IPage page) => page.EvaluateAsync<string>(
        """
        () => {
          const screen = document.documentElement.clientWidth;
          if (document.documentElement.scrollWidth <= screen) {
            return '';
          }
          const sticksOut = part => {
            const { left, right } = part.getBoundingClientRect();
            return Math.max(right, left + part.scrollWidth) > screen + 1;
          };
          const wide = [...document.body.querySelectorAll('*')].filter(part => sticksOut(part) && ![...part.children].some(sticksOut));
          return wide.slice(0, 5).map(part => part.outerHTML.slice(0, 120)).join(' … ') || 'something unseen';
        }
        """);
}
