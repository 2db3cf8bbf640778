using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace LondonDefender.BrowserTests;

/// <summary>The page a story is written on, by what an editor sees of it.</summary>
public sealed partial class EditingPage(IPage page)
{
    public ILocator Headline => Field("Headline");
    public ILocator Standfirst => Field("Standfirst");

    /// <summary>What the copy is written in, whichever form it is shown in.</summary>
    public ILocator Copy => page.GetByRole(AriaRole.Textbox, new() { Name = "Copy", Exact = true });

    /// <summary>The copy as it is stored. Its field holds it also while rich text is shown.</summary>
    public ILocator Markdown => page.Locator("#copy");

    public ILocator Section => page.GetByRole(AriaRole.Combobox, new() { Name = "Section" });

    /// <summary>Whether the text is saved, in words.</summary>
    public ILocator SaveState => page.GetByRole(AriaRole.Status).Filter(new() { HasTextRegex = SaveWords() });

    /// <summary>The story on the readers' page beside the text.</summary>
    public ILocator Preview => page.FrameLocator("#preview-page").Locator("article.story");
    public ILocator Checks => page.GetByRole(AriaRole.Tabpanel, new() { Name = "Links and checks" });

    /// <summary>What stands over the page while it wants an answer.</summary>
    public ILocator Dialog => page.GetByRole(AriaRole.Dialog);

    /// <summary>What the publish dialog says, and what mends it.</summary>
    public ILocator Remark(string sentence) => Dialog.GetByRole(AriaRole.Listitem).Filter(new() { HasText = sentence });

    public ILocator Mend(string sentence, string words = "Show me") => Remark(sentence).GetByRole(AriaRole.Button, new() { Name = words });

    public ILocator Kept => page.GetByText("This browser kept text you had not saved");

    /// <summary>What two people have written in one place, beside the text.</summary>
    public ILocator Disputes => page.GetByRole(AriaRole.Region, new() { Name = "Two texts for one place" });

    /// <summary>Who else has the story open.</summary>
    public ILocator Present => page.Locator("#present");

    public static async Task<EditingPage> OpenAsync(Visitor editor, int story)
    {
        await editor.OpenAsync($"/desk/stories/{story}");
        return await ReadyAsync(editor.Page);
    }

    public static async Task<EditingPage> BeginAsync(Visitor editor)
    {
        await editor.OpenAsync("/desk");
        await editor.Page.GetByRole(AriaRole.Button, new() { Name = "New story" }).ClickAsync();
        return await ReadyAsync(editor.Page);
    }

    /// <summary>The page as soon as it listens: its script counts the words first of all.</summary>
    public static async Task<EditingPage> ReadyAsync(IPage page)
    {
        await Expect.That(page.GetByText(CountedWords())).ToBeVisibleAsync();
        return new(page);
    }

    public ILocator Button(string name) => page.GetByRole(AriaRole.Button, new() { Name = name });

    public ILocator Tab(string name) => page.GetByRole(AriaRole.Tab, new() { Name = name });

    public async Task WriteAsync(string headline, string copy, string section = "World")
    {
        await Headline.FillAsync(headline);
        await Section.SelectOptionAsync(section);
        await Copy.FillAsync(copy);
    }

    public async Task SaveAsync()
    {
        await page.Keyboard.PressAsync("Control+s");
        await Expect.That(SaveState).ToHaveTextAsync("Saved");
    }

    /// <summary>Waits until the page says by itself that the text is saved.</summary>
    public async Task IsSavedByItselfAsync() => await Expect.That(SaveState).ToHaveTextAsync("Saved");

    public async Task IsKeptHereAsync() => await Expect.That(SaveState).ToHaveTextAsync("Kept here, will be saved when the server is back");

    /// <summary>Types at the end of the copy, key by key, as a person does.</summary>
    public async Task TypeAsync(string words, float pause = 5)
    {
        await Copy.FocusAsync();
        await page.Keyboard.PressAsync("Control+End");
        await Copy.PressSequentiallyAsync(words, new() { Delay = pause });
    }

    /// <summary>As by a click behind these words of the rich text.</summary>
    public async Task CursorBehindAsync(string words)
    {
        await Copy.FocusAsync();
        await Copy.EvaluateAsync("""
            (copy, words) => {
              const texts = document.createTreeWalker(copy, NodeFilter.SHOW_TEXT);
              while (texts.nextNode()) {
                const at = texts.currentNode.data.indexOf(words);
                if (at >= 0) {
                  getSelection().collapse(texts.currentNode, at + words.length);
                  return;
                }
              }
              throw new Error(`The copy has no “${words}”.`);
            }
            """, words);
    }

    /// <summary>What stands before the cursor in its paragraph of the rich text.</summary>
    public Task<string> WordsBeforeCursorAsync() => page.EvaluateAsync<string>("() => getSelection().anchorNode.data.slice(0, getSelection().anchorOffset)");

    /// <summary>Opens the dialog, lets <paramref name="choose"/> fill it in, and waits until the page shows the story as published.</summary>
    public async Task PublishAsync(Func<ILocator, Task>? choose = null)
    {
        await page.Keyboard.PressAsync("Control+Enter");
        await Expect.That(Dialog).ToBeVisibleAsync();
        if (choose is not null)
            await choose(Dialog);
        await Dialog.GetByRole(AriaRole.Button, new() { NameRegex = PublishWords() }).ClickAsync();
        await HasReloadedAsync();
    }

    /// <summary>After an order the page comes anew, and with it every dialog is gone.</summary>
    public async Task HasReloadedAsync()
    {
        await Expect.That(Dialog).ToHaveCountAsync(0);
        await ReadyAsync(page);
    }

    private ILocator Field(string label) => page.GetByLabel(label, new() { Exact = true });

    [GeneratedRegex(@"^[\d,]+ words?$")]
    private static partial Regex CountedWords();

    [GeneratedRegex(@"^\s*(Saved|Saving…|Not saved( yet)?|Kept here[^.]*)\s*$")]
    private static partial Regex SaveWords();

    [GeneratedRegex("^(Publish|Schedule again)")]
    private static partial Regex PublishWords();
}
