using System.Diagnostics;
using System.Text.Json;

namespace LondonDefender.Tests.Editor;

/// <summary>What other programs put on the clipboard, in the true shape of each, and what the newsroom's editor makes of it.</summary>
public sealed class A_clipboard_becomes_clean_copy
{
    private sealed record Pasted(string Markdown, string[] LeftOut);

    public static TheoryData<string> Clipboards => [.. Directory.GetFiles(Folder, "*.md").Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal)];

    private static string Folder => Path.Combine(SourceTree.Tests, "Editor", "Clipboard");

    [Theory, MemberData(nameof(Clipboards))]
    public async Task What_is_pasted_is_clean_and_what_is_missed_is_told(string name)
    {
        var path = Path.Combine(Folder, name);
        var expected = await File.ReadAllTextAsync($"{path}.md");
        var pasted = File.Exists($"{path}.html") ? await PasteAsync("html", $"{path}.html") : await PasteAsync("plain", $"{path}.txt");

        var told = $"---\n{$"left out: {string.Join("; ", pasted.LeftOut)}".TrimEnd()}\n---\n{pasted.Markdown.TrimEnd('\n')}\n";
        Assert.Equal(expected, told);
    }

    [Fact]
    public async Task Clipboards_nobody_filled_become_copy_all_the_same() =>
        Assert.Empty(JsonSerializer.Deserialize<string[]>(await NodeAsync(["made-up-clipboards.mjs", "3000"], ""))!);

    private static async Task<Pasted> PasteAsync(string form, string path) =>
        JsonSerializer.Deserialize<Pasted>(await NodeAsync(["paste.mjs", form], await File.ReadAllTextAsync(path)), JsonSerializerOptions.Web)!;

    private static async Task<string> NodeAsync(string[] asked, string input)
    {
        var modules = Path.Combine(SourceTree.Site, "wwwroot", "desk-script", "editor");
        using var process = Process.Start(new ProcessStartInfo("node", [Path.Combine(SourceTree.Tests, "Editor", asked[0]), modules, asked[1]])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        var told = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return told;
    }
}
