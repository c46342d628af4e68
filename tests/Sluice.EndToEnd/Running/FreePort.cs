using System.Net;
using System.Net.Sockets;

namespace Sluice.EndToEnd.Running;

internal static class FreePort
{
    /// <summary>A port below those that the system gives to outgoing connections: it stays free while a killed server starts anew.</summary>
    public static int Take()
    {
        while (true)
        {
            var port = Random.Shared.Next(20_000, 32_000);
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
