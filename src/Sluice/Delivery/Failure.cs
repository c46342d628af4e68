using System.Net.Sockets;
using System.Security.Authentication;
using Sluice.Streams;

namespace Sluice.Delivery;

/// <summary>Reads an exception from a destination as an outage: what is not known to be about the events never is.</summary>
internal static class Failure
{
    public static DeliveryResult.TryLater TimedOut(TimeSpan limit) => new($"No answer within {limit.TotalSeconds:0.#} s.", ErrorClass.Timeout);

    public static DeliveryResult.TryLater Of(Exception exception) => new(Describe(exception), Class(exception));

    private static ErrorClass Class(Exception exception) => exception switch
    {
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => ErrorClass.Dns,
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => ErrorClass.Tls,
        AuthenticationException => ErrorClass.Tls,
        SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain } => ErrorClass.Dns,
        SocketException { SocketErrorCode: SocketError.TimedOut } or TimeoutException or OperationCanceledException => ErrorClass.Timeout,
        { InnerException: { } inner } => Class(inner),
        _ => ErrorClass.Connect,
    };

    /// <summary>What happened and why. The framework's outer texts repeat the inner ones, or refer to what a user cannot see.</summary>
    private static string Describe(Exception exception)
    {
        var innermost = exception;
        while (innermost.InnerException is { } inner) innermost = inner;
        var what = exception.Message.Replace(", see inner exception", "", StringComparison.OrdinalIgnoreCase);
        return what.Contains(innermost.Message, StringComparison.Ordinal) || innermost == exception ? what : $"{what} {innermost.Message}";
    }
}
