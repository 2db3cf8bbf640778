using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace LondonDefender.Hosting;

/// <summary>Where PostgreSQL listens: a socket in its own cluster, else one in a temporary folder, else a port only this machine reaches.</summary>
internal sealed record PostgresDoor(string? SocketFolder, int Port)
{
    private const int SocketPort = 5432;
    private const int LongestSocketPath = 100;

    public string Settings => SocketFolder is null
        ? $"listen_addresses = '127.0.0.1'\nport = {Port.ToString(CultureInfo.InvariantCulture)}\nunix_socket_directories = ''"
        : $"listen_addresses = ''\nport = {Port.ToString(CultureInfo.InvariantCulture)}\nunix_socket_directories = '\"{SocketFolder}\"'\nunix_socket_permissions = 0700";

    public static PostgresDoor For(PostgresFolder folder)
    {
        if (!OperatingSystem.IsWindows())
        {
            if (SocketsWorkIn(folder.Cluster))
                return new PostgresDoor(folder.Cluster, SocketPort);

            var temporary = Directory.CreateTempSubdirectory("london-defender-").FullName;
            if (SocketsWorkIn(temporary))
                return new PostgresDoor(temporary, SocketPort);

            Directory.Delete(temporary);
        }
        return new PostgresDoor(null, FreePort());
    }

    /// <summary>The system bounds a socket's path, and a list of hosts or folders is cut at its commas.</summary>
    public static bool CanHoldSocket(string folder) =>
        Encoding.UTF8.GetByteCount($"{folder}/.s.PGSQL.{SocketPort}") <= LongestSocketPath
        && !folder.AsSpan().ContainsAny(',', '\'');

    // Some mounted file systems hold files but no sockets.
    private static bool SocketsWorkIn(string folder)
    {
        if (!CanHoldSocket(folder))
            return false;

        var path = Path.Combine(folder, ".s.probe");
        File.Delete(path);
        try
        {
            using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            socket.Bind(new UnixDomainSocketEndPoint(path));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
