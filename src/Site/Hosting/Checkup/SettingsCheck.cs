using System.Globalization;
using System.Reflection;
using LondonDefender.Paper;
using LondonDefender.Pictures;
using LondonDefender.Workflow;
using Npgsql;
using Serilog.Events;

namespace LondonDefender.Hosting.Checkup;

/// <summary>Every setting of ours is known, and says something that can be understood.</summary>
internal static class SettingsCheck
{
    public const string Name = "Settings";

    private const string YesOrNo = "“true” or “false”";

    private static readonly string[] Known =
    [
        .. Of(typeof(HostingOptions), "Hosting"), .. Of(typeof(PaperOptions), "Paper"), .. Of(typeof(PicturesOptions.S3Options), "Pictures:S3"),
        .. Of(typeof(MailOptions), "Mail"),
        "Wire:DemoEdition", "ConnectionStrings:Newsroom",
    ];

    private static readonly (string Key, Func<string, bool> IsWellFormed, string Form)[] Forms =
    [
        ("Hosting:LogFormat", written => written is "text" or "json", "“text” or “json”"),
        ("Hosting:Telemetry", Telemetry.IsAddress, "the address of a collector, such as http://localhost:4318"),
        ("Paper:Address", IsOnTheWeb, "where readers find the paper, such as https://paper.example"),
        ("Paper:PageCache", IsYesOrNo, YesOrNo),
        ("Paper:PageCacheMegabytes", AreMegabytes, "a whole number of megabytes above 0"),
        ("Paper:PagesOnDiskMegabytes", AreMegabytes, "a whole number of megabytes above 0"),
        // “5” would be read as five days.
        ("Paper:OldPageFor", written => TimeSpan.TryParse(written, CultureInfo.InvariantCulture, out var span) && span >= TimeSpan.Zero && span < TimeSpan.FromDays(1), "hours, minutes and seconds, such as 00:00:01"),
        ("Paper:SurrogateKeys", IsYesOrNo, YesOrNo),
        ("Paper:SecurityContact", written => Uri.TryCreate(written, UriKind.Absolute, out var uri) && uri.Scheme is "mailto" or "https", "an address that begins with mailto: or https:"),
        ("Pictures:S3:Endpoint", IsOnTheWeb, "the address of a service, such as https://objects.example"),
        ("Mail:Port", written => int.TryParse(written, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and < 65_536, "a port, such as 587"),
        ("Mail:Secure", IsYesOrNo, YesOrNo),
        ("Mail:From", written => System.Net.Mail.MailAddress.TryCreate(written, out _), "a mail address, such as newsroom@paper.example"),
        ("Wire:DemoEdition", IsYesOrNo, YesOrNo),
        ("Serilog:MinimumLevel:Default", written => Enum.TryParse<LogEventLevel>(written, ignoreCase: true, out _), "one of " + string.Join(", ", Enum.GetNames<LogEventLevel>())),
        ("ConnectionStrings:Newsroom", IsConnection, "a connection string of Npgsql’s, such as Host=db;Database=newsroom;Username=newsroom;Password=…"),
        ("urls", AreAddresses, "addresses to listen at, such as http://localhost:5080"),
    ];

    public static IEnumerable<Diagnosis> Examine(IConfiguration settings)
    {
        List<Diagnosis> wrong = [.. Unknown(settings), .. Misformed(settings), .. Halves(settings)];
        return wrong.Count > 0 ? wrong : [Diagnosis.Well(Name, "All are known, and can be read.")];
    }

    private static IEnumerable<Diagnosis> Unknown(IConfiguration settings) =>
        from section in Known.Select(key => key.Split(':')[0]).Distinct()
        from setting in settings.GetSection(section).AsEnumerable()
        where setting.Value is not null && !Known.Contains(setting.Key, StringComparer.OrdinalIgnoreCase)
        select Diagnosis.Wrong(Name, $"{setting.Key} is no setting of the paper’s. Known there: {string.Join(", ", KnownIn(section))}.");

    private static IEnumerable<Diagnosis> Misformed(IConfiguration settings) =>
        from form in Forms
        let written = settings[form.Key]
        where !string.IsNullOrWhiteSpace(written) && !form.IsWellFormed(written.Trim())
        // What may hold a password is not repeated.
        select Diagnosis.Wrong(Name, $"{form.Key} {(form.Key.StartsWith("Connection", StringComparison.Ordinal) ? "cannot be read" : $"is “{written}”")}; it has to be {form.Form}.");

    private static IEnumerable<Diagnosis> Halves(IConfiguration settings)
    {
        var s3 = settings.GetSection("Pictures:S3");
        if (string.IsNullOrWhiteSpace(s3["AccessKey"]) != string.IsNullOrWhiteSpace(s3["SecretKey"]))
            yield return Diagnosis.Wrong(Name, "Of Pictures:S3:AccessKey and Pictures:S3:SecretKey one is missing: give both, or neither for the machine’s own credentials.");
        if (string.IsNullOrWhiteSpace(s3["Bucket"]) && s3.GetChildren().Any(setting => !string.IsNullOrWhiteSpace(setting.Value)))
            yield return Diagnosis.Wrong(Name, "Pictures:S3 is set without a Bucket, so pictures would go to the data folder: name the bucket, or take the rest away.");
        var mail = settings.GetSection("Mail");
        if (string.IsNullOrWhiteSpace(mail["Host"]) && mail.GetChildren().Any(setting => !string.IsNullOrWhiteSpace(setting.Value)))
            yield return Diagnosis.Wrong(Name, "Mail is set without a Host, so none is sent: name the server that takes it, or take the rest away.");
    }

    private static IEnumerable<string> KnownIn(string section) => Known.Where(key => key.StartsWith(section + ':', StringComparison.Ordinal));

    private static IEnumerable<string> Of(Type options, string section) =>
        options.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.SetMethod?.IsPublic == true).Select(p => $"{section}:{p.Name}");

    private static bool AreMegabytes(string written) => int.TryParse(written, NumberStyles.None, CultureInfo.InvariantCulture, out var megabytes) && megabytes > 0;

    private static bool IsYesOrNo(string written) => bool.TryParse(written, out _);

    private static bool IsOnTheWeb(string written) => Uri.TryCreate(written, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https";

    private static bool IsConnection(string written)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(written).Host is not null;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static bool AreAddresses(string written)
    {
        try
        {
            return written.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(BindingAddress.Parse).All(address => address.Scheme is "http" or "https");
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
