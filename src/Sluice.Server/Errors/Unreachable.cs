using System.Net.Sockets;

namespace Sluice.Server.Errors;

/// <summary>What an HTTP client throws when nobody is there, or no longer.</summary>
internal static class Unreachable
{
    /// <summary>.NET wraps a socket's trouble except when the other side is gone at the very moment when the connection stands.</summary>
    public static bool Is(Exception error) => error is HttpRequestException or SocketException;

    public static string Words(Exception error) => (error as SocketException ?? error.InnerException as SocketException ?? error).Message;
}
