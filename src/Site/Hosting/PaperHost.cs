using System.Net;

namespace LondonDefender.Hosting;

/// <summary>The host before any feature is added: where files lie and which address is listened on.</summary>
public static class PaperHost
{
    public const string DefaultAddress = "http://localhost:5080";

    // Shorter than the ten seconds after which a container is killed where it stands.
    private static readonly TimeSpan TimeForLastRequests = TimeSpan.FromSeconds(7);

    public static WebApplicationBuilder CreateBuilder(string[] args)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = args,
            ApplicationName = typeof(PaperHost).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
        });

        // Also from a build folder, whatever the environment is called: the paper must look the same everywhere.
        builder.WebHost.UseStaticWebAssets();
        // And weigh the same: without this a build folder gives out style sheets unpacked, so that they can be changed under way.
        builder.Configuration["ReloadStaticAssetsAtRuntime"] = "false";
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            KestrelLimits.Set(kestrel.Limits);
        });
        if (!SaysWhereToListen(builder.Configuration))
            builder.WebHost.UseUrls(DefaultAddress);

        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeForLastRequests);
        builder.Services.AddSingleton<Preparation>();
        builder.Services.AddOptions<HostingOptions>().BindConfiguration("Hosting");
        return builder;
    }

    /// <summary>Where a paper with these settings answers a program on its own machine.</summary>
    public static Uri OwnAddress(IConfiguration settings)
    {
        var listening = BindingAddress.Parse(First(settings["urls"]) ?? (First(settings["http_ports"]) is { } port ? $"http://*:{port}" : DefaultAddress));
        var isOneAddress = IPAddress.TryParse(listening.Host, out var ip) && !ip.Equals(IPAddress.Any) && !ip.Equals(IPAddress.IPv6Any);
        return new UriBuilder(listening.Scheme, isOneAddress ? listening.Host : "127.0.0.1", listening.Port).Uri;
    }

    private static bool SaysWhereToListen(IConfiguration settings) =>
        settings["urls"] is not null || settings["http_ports"] is not null || settings["https_ports"] is not null;

    private static string? First(string? list) =>
        list?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).FirstOrDefault();
}
