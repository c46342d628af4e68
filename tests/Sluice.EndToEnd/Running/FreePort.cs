using System.Net;
using System.Net.Sockets;

namespace Sluice.EndToEnd.Running;

internal static class FreePort
{
    private const int First = 20_000, Count = 12_000;

    private static int _next = Random.Shared.Next(Count);

    /// <summary>A port below those that the system gives to outgoing connections: it stays free while a killed server starts anew, and is given out once.</summary>
    public static int Take()
    {
        while (true)
        {
            var port = First + (int)((uint)Interlocked.Increment(ref _next) % Count);
            if (IsFree(port)) return port;
        }
    }

    private static bool IsFree(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
