using System.Globalization;
using Serilog;
using Serilog.Events;
using Serilog.Extensions.Logging;
using Serilog.Formatting.Json;

namespace LondonDefender.Hosting;

public static class Logging
{
    private const string Line = "{Timestamp:HH:mm:ss} {Level:u3} {Message:lj} {TraceId}{NewLine}{Exception}";

    /// <summary>Sentences on a console, each with the trace of its request; or JSON for machines with Hosting:LogFormat=json; levels can be set under Serilog:MinimumLevel.</summary>
    public static void AddLogging(this WebApplicationBuilder builder)
    {
        var settings = new LoggerConfiguration()
            .MinimumLevel.Information()
            .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
            // Its reports of a lost connection are told once, by the front door.
            .MinimumLevel.Override("Microsoft.EntityFrameworkCore", LogEventLevel.Fatal)
            // Keys lie in the database beside what they protect; who can read them there can read all the rest.
            .MinimumLevel.Override("Microsoft.AspNetCore.DataProtection", LogEventLevel.Error)
            .ReadFrom.Configuration(builder.Configuration)
            .Enrich.FromLogContext();

        if (string.Equals(builder.Configuration["Hosting:LogFormat"], "json", StringComparison.OrdinalIgnoreCase))
            settings.WriteTo.Console(new JsonFormatter(renderMessage: true));
        else
            settings.WriteTo.Console(outputTemplate: Line, formatProvider: CultureInfo.InvariantCulture);

        builder.Logging.ClearProviders();
        builder.Logging.AddSerilog(settings.CreateLogger(), dispose: true);
        // Says nothing that the front door does not say, and would begin a trace and a scope for every page that is only given out. Serilog
        // brings a filter of its own that lets everything through, and only one that names it too has precedence.
        builder.Logging.AddFilter<SerilogLoggerProvider>("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
    }
}
