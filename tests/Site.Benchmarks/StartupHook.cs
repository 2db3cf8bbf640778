using System.Globalization;
using System.Net.Sockets;

/// <summary>
/// Runs inside a measured process that is started with DOTNET_STARTUP_HOOKS, and tells through a socket how much that process has
/// allocated. The runtime looks for exactly this name, outside any namespace; nothing but the runtime's own library may be used.
/// </summary>
internal static class StartupHook
{
    public const string SocketVariable = "FIGURES_ALLOCATED";

    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable(SocketVariable) is { Length: > 0 } path)
            new Thread(() => Tell(path)) { IsBackground = true, Name = "allocation figures" }.Start();
    }

    private static void Tell(string path)
    {
        using var door = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        door.Bind(new UnixDomainSocketEndPoint(path));
        door.Listen();
        while (true)
        {
            using var asker = door.Accept();
            asker.Send(System.Text.Encoding.ASCII.GetBytes(GC.GetTotalAllocatedBytes(precise: true).ToString(CultureInfo.InvariantCulture)));
        }
    }
}
