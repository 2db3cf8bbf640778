using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace LondonDefender.Paper;

public static class PaperSetup
{
    public static void AddPaper(this WebApplicationBuilder builder)
    {
        PaperLanguage.SpeakEnglish();
        builder.Services.AddOptions<PaperOptions>().BindConfiguration("Paper");
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddHttpContextAccessor();
        builder.Services.AddScoped<PaperFrames>();
        builder.Services.AddSingleton<LastFrame>();
        // Quotes, dashes and accents stay themselves in the pages: half a kilobyte less each, and readable source.
        builder.Services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));
    }
}
