using System.Globalization;

namespace LondonDefender.Paper;

/// <summary>Which language a request is answered in: the paper's own for readers, English for the newsroom and everywhere else.</summary>
public static class PaperLanguage
{
    public static void SpeakEnglish() => CultureInfo.DefaultThreadCurrentUICulture = ReadersWords.English;

    /// <summary>Stands before whatever answers, for a culture that is set further in does not come out again.</summary>
    public static void UsePaperLanguage(this WebApplication app) => app.Use(SpeakAsync);

    private static async Task SpeakAsync(HttpContext http, RequestDelegate next)
    {
        if (DrawsTheFrame(http.GetEndpoint()))
            CultureInfo.CurrentUICulture = (await http.RequestServices.GetRequiredService<PaperFrames>().SettingsAsync(http.RequestAborted)).Culture;

        await next(http);
    }

    // Pictures, health and whatever else has no frame need no settings, and must not wait for them.
    private static bool DrawsTheFrame(Endpoint? endpoint) =>
        endpoint?.Metadata.GetMetadata<System.Reflection.MethodInfo>()?.GetParameters().Any(parameter => parameter.ParameterType == typeof(PaperFrames)) == true;

    /// <summary>English where nobody knows the language. Days are counted as the archive's addresses count them, whichever calendar the country has.</summary>
    public static CultureInfo CultureOf(string language)
    {
        if (!IsKnown(language))
            return ReadersWords.English;

        var culture = CultureInfo.GetCultureInfo(language);
        if (culture.DateTimeFormat.Calendar is GregorianCalendar || culture.OptionalCalendars.OfType<GregorianCalendar>().FirstOrDefault() is not { } ours)
            return culture;

        culture = (CultureInfo)culture.Clone();
        culture.DateTimeFormat.Calendar = ours;
        return culture;
    }

    // Any well-formed tag makes a culture; one that nobody described has numbers for months.
    private static bool IsKnown(string language)
    {
        try
        {
            return CultureInfo.GetCultureInfo(language).DateTimeFormat.MonthNames[0] != "M01";
        }
        catch (CultureNotFoundException)
        {
            return false;
        }
    }
}
