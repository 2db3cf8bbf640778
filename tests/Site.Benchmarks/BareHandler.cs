using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace LondonDefender.Benchmarks;

/// <summary>The stack's limit: Kestrel, and a handler that writes the same bytes under the same headers to whoever asks.</summary>
public static class BareHandler
{
    public static async Task<int> RunAsync(string url, int status, string body, string headers)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(url).ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        await using var app = builder.Build();

        var bytes = await File.ReadAllBytesAsync(body);
        var lines = (await File.ReadAllLinesAsync(headers)).Select(line => line.Split(": ", 2)).Select(pair => KeyValuePair.Create(pair[0], pair[1])).ToArray();
        app.Run(http => WriteAsync(http.Response, status, lines, bytes));
        await app.RunAsync();
        return 0;
    }

    public static Task<MeasuredProcess> StartAsync(string scratch, CapturedAnswer answer)
    {
        var address = MeasuredProcess.FreeAddress();
        var (body, headers) = answer.Save(scratch);
        // Under the site's own settings of the runtime, its garbage collector above all.
        string[] program = ["exec", "--runtimeconfig", Beside("Site.runtimeconfig.json"), "--depsfile", Beside("Site.Benchmarks.deps.json"), Beside("Site.Benchmarks.dll")];
        return MeasuredProcess.StartAsync(scratch, "dotnet",
            [.. program, "bare", address.ToString(), answer.Status.ToString(CultureInfo.InvariantCulture), body, headers], address);
    }

    public static string Beside(string file) => Path.Combine(AppContext.BaseDirectory, file);

    private static Task WriteAsync(HttpResponse response, int status, KeyValuePair<string, string>[] headers, byte[] bytes)
    {
        response.StatusCode = status;
        foreach (var header in headers)
            response.Headers[header.Key] = header.Value;
        if (bytes.Length == 0)
            return Task.CompletedTask;

        response.ContentLength = bytes.Length;
        return response.Body.WriteAsync(bytes).AsTask();
    }
}
