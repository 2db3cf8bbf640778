using System.Net;

namespace LondonDefender.Paper;

/// <summary>A page for the moments when there is nothing to frame one with: the database is away, or the request made no sense.</summary>
public static class RestingPage
{
    public static string Html(string title, string sentence) => $"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
          <meta charset="utf-8">
          <title>{WebUtility.HtmlEncode(title)}</title>
          <meta name="viewport" content="width=device-width, initial-scale=1">
          <meta name="color-scheme" content="light dark">
          <meta name="robots" content="noindex">
          <link rel="stylesheet" href="/css/readers.css">
        </head>
        <body class="resting">
          <main>
            <h1>{WebUtility.HtmlEncode(title)}</h1>
            <p>{WebUtility.HtmlEncode(sentence)}</p>
            <p><a href="/">Front page</a></p>
          </main>
        </body>
        </html>
        """;
}
