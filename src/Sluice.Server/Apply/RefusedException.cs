using System.Net;
using Sluice.Server.Configuration;

namespace Sluice.Server.Apply;

/// <summary>The server's verdict on one call.</summary>
internal sealed class RefusedException(HttpStatusCode status, string? field, string message) : StartupException(message)
{
    public HttpStatusCode Status { get; } = status;

    public string? Field { get; } = field;
}
