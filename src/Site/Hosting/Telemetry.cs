using LondonDefender.Paper;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace LondonDefender.Hosting;

/// <summary>
/// Meters and traces for whoever collects them, sent by OTLP once a collector is named: by Hosting:Telemetry (HTTP), or by the standard
/// variables OTEL_EXPORTER_OTLP_…. Without one nothing is listened to, and nothing costs anything.
/// </summary>
public static class Telemetry
{
    private const string StandardVariable = "OTEL_EXPORTER_OTLP_ENDPOINT";

    private static readonly string[] Meters =
    [
        PaperMeters.Name, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.AspNetCore.Diagnostics", "Npgsql", "System.Runtime",
    ];

    private static readonly string[] Sources = [PaperMeters.Name, "Microsoft.AspNetCore", "Npgsql"];

    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        var collector = builder.Configuration["Hosting:Telemetry"];
        if (string.IsNullOrWhiteSpace(collector) && string.IsNullOrWhiteSpace(builder.Configuration[StandardVariable]))
            return;
        if (!string.IsNullOrWhiteSpace(collector) && !IsAddress(collector))
            throw new PaperCannotStart($"Hosting:Telemetry is {collector}; it has to be the address of a collector, such as http://localhost:4318.");

        var paper = ResourceBuilder.CreateDefault().AddService("london-defender", serviceVersion: PaperVersion.Number, serviceInstanceId: Environment.MachineName);
        builder.Services.AddSingleton(_ => Sdk.CreateMeterProviderBuilder().SetResourceBuilder(paper).AddMeter(Meters)
            .AddOtlpExporter(exporter => SendTo(exporter, collector, "metrics")).Build());
        builder.Services.AddSingleton(_ => Sdk.CreateTracerProviderBuilder().SetResourceBuilder(paper).AddSource(Sources)
            .AddOtlpExporter(exporter => SendTo(exporter, collector, "traces")).Build());
        builder.Services.AddHostedService<Sending>();
    }

    internal static bool IsAddress(string written) => Uri.TryCreate(written, UriKind.Absolute, out var address) && (address.Scheme is "http" or "https");

    private static void SendTo(OtlpExporterOptions exporter, string? collector, string signal)
    {
        if (string.IsNullOrWhiteSpace(collector))
            return;

        exporter.Protocol = OtlpExportProtocol.HttpProtobuf;
        exporter.Endpoint = new Uri($"{collector.TrimEnd('/')}/v1/{signal}");
    }

    /// <summary>Both begin with the paper, and send what they have left when it stops.</summary>
    private sealed class Sending(MeterProvider meters, TracerProvider traces) : IHostedService
    {
        private const int LastWord = 1000;

        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.Run(() =>
        {
            traces.ForceFlush(LastWord);
            meters.ForceFlush(LastWord);
        }, cancellationToken);
    }
}
