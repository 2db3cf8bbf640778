using Microsoft.Playwright;

namespace LondonDefender.BrowserTests;

/// <summary>Files in the hands of somebody at a browser: chosen, dropped, pasted.</summary>
public static class PictureFiles
{
    public static FilePayload File(string name, byte[] content) => new() { Name = name, MimeType = name.EndsWith(".png", StringComparison.Ordinal) ? "image/png" : "image/jpeg", Buffer = content };

    public static Task DropAsync(this ILocator place, params FilePayload[] files) => BringAsync(place, "drop", files);

    public static Task PasteAsync(this ILocator place, params FilePayload[] files) => BringAsync(place, "paste", files);

    private static Task BringAsync(ILocator place, string how, FilePayload[] files) => place.EvaluateAsync(
        """
        (place, [how, files]) => {
          const brought = new DataTransfer();
          for (const { name, type, content } of files) {
            brought.items.add(new File([Uint8Array.from(atob(content), c => c.charCodeAt(0))], name, { type }));
          }
          const { left, top, width, height } = place.getBoundingClientRect();
          const options = { bubbles: true, cancelable: true, clientX: left + width / 2, clientY: top + height / 2 };
          if (how === 'paste') {
            place.dispatchEvent(new ClipboardEvent('paste', { ...options, clipboardData: brought }));
            return;
          }
          for (const step of ['dragenter', 'dragover', 'drop']) {
            place.dispatchEvent(new DragEvent(step, { ...options, dataTransfer: brought }));
          }
        }
        """,
        new object[] { how, files.Select(file => new { name = file.Name, type = file.MimeType, content = Convert.ToBase64String(file.Buffer) }).ToArray() });
}
