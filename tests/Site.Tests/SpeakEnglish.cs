using System.Runtime.CompilerServices;
using LondonDefender.Paper;

namespace LondonDefender.Tests;

/// <summary>Components are tested without a request, and on machines of any language.</summary>
internal static class SpeakEnglish
{
    [ModuleInitializer]
    internal static void Everywhere() => PaperLanguage.SpeakEnglish();
}
