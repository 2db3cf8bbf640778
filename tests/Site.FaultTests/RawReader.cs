using System.Net;
using System.Net.Sockets;
using System.Text;

namespace LondonDefender.FaultTests;

/// <summary>One connection, and nothing but what is written to it: for visitors that no proper client is.</summary>
public sealed class RawReader : IDisposable
{
    private readonly Socket socket;

    private RawReader(Socket socket) => this.socket = socket;

    /// <summary>Null where the door is shut.</summary>
    public static async Task<RawReader?> ConnectAsync(Uri paper, bool isSlow = false)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        if (isSlow)
            socket.ReceiveBufferSize = 1024;
        try
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
            await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, paper.Port), patience.Token);
            return new(socket);
        }
        catch (Exception refusal) when (refusal is SocketException or OperationCanceledException)
        {
            socket.Dispose();
            return null;
        }
    }

    public async Task<bool> SayAsync(string words)
    {
        try
        {
            await socket.SendAsync(Encoding.ASCII.GetBytes(words));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    public static string Request(string path) => $"GET {path} HTTP/1.1\r\nHost: paper.example\r\nUser-Agent: Mozilla/5.0\r\nAccept-Encoding: identity\r\n\r\n";

    /// <summary>The status of the next answer, whose body may still be under way; null where the connection ended.</summary>
    public async Task<int?> HearAsync()
    {
        var bytes = new byte[512];
        try
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
            var length = await socket.ReceiveAsync(bytes, patience.Token);
            return length > 12 && int.TryParse(Encoding.ASCII.GetString(bytes, 9, 3), out var status) ? status : null;
        }
        catch (Exception silence) when (silence is SocketException or OperationCanceledException)
        {
            return null;
        }
    }

    public void Dispose() => socket.Dispose();
}
