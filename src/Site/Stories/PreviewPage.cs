using System.Globalization;
using LondonDefender.Paper;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace LondonDefender.Stories;

/// <summary>The readers' page of a text that may not even be saved: by the same components, in the same frame, in the paper's language.</summary>
public static class PreviewPage
{
    public static async Task<string> PrintAsync(IServiceProvider services, StoryView view, CancellationToken ct)
    {
        var frame = await services.GetRequiredService<PaperFrames>().DrawAsync(ct);
        await using var printer = new HtmlRenderer(services, services.GetRequiredService<ILoggerFactory>());
        return await printer.Dispatcher.InvokeAsync(async () =>
        {
            CultureInfo.CurrentUICulture = frame.Settings.Culture;
            var page = await printer.RenderComponentAsync<StoryPage>(ParameterView.FromDictionary(new Dictionary<string, object?>
            {
                [nameof(StoryPage.Frame)] = frame,
                [nameof(StoryPage.View)] = view,
            }));
            return page.ToHtmlString();
        });
    }
}
