namespace LondonDefender.Hosting;

/// <summary>Where the paper lives on its machine: the section "Hosting".</summary>
public sealed class HostingOptions
{
    /// <summary>The folder the paper writes in; when empty, "data" in the repository, or in the current folder where there is none.</summary>
    public string? DataFolder { get; set; }

    /// <summary>The folder with PostgreSQL's programs, or the one holding its "bin"; when empty, the paper finds them itself.</summary>
    public string? PostgresPrograms { get; set; }

    /// <summary>Where meters and traces are sent: a collector that speaks OTLP over HTTP, such as http://localhost:4318; none when empty.</summary>
    public string? Telemetry { get; set; }

    /// <summary>A file that every backup writes or touches, or a folder of backups: its newest moment is shown in the newsroom.</summary>
    public string? BackupMark { get; set; }

    /// <summary>"text" for people, "json" for machines that collect logs.</summary>
    public string LogFormat { get; set; } = "text";
}
