using System.Net;
using System.Net.Sockets;

namespace LondonDefender.Hosting.Checkup;

/// <summary>The paper can listen where it should, or does so already.</summary>
internal static class PortCheck
{
    private const string Name = "Port";

    public static async Task<IEnumerable<Diagnosis>> ExamineAsync(IConfiguration settings)
    {
        Uri address;
        try
        {
            address = PaperHost.OwnAddress(settings);
        }
        catch (FormatException)
        {
            // Told among the settings.
            return [];
        }

        return [await ExamineAsync(address)];
    }

    private static async Task<Diagnosis> ExamineAsync(Uri address)
    {
        if (IsFree(address))
            return Diagnosis.Well(Name, $"{address} is free to listen at.");

        return await PaperAnswersAsync(address)
            ? Diagnosis.Well(Name, $"A paper runs and answers at {address}.")
            : Diagnosis.Wrong(Name, $"Another program listens at {address}: stop it, or choose another address with --urls.");
    }

    private static bool IsFree(Uri address)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.TryParse(address.Host, out var ip) ? ip : IPAddress.Loopback, address.Port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static async Task<bool> PaperAnswersAsync(Uri address)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = Doctor.Patience };
        try
        {
            return (await http.GetStringAsync(new Uri(address, "/health/live"))).Contains("The paper is up", StringComparison.Ordinal);
        }
        catch (Exception problem) when (problem is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }
}
