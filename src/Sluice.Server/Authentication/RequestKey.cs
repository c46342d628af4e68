namespace Sluice.Server.Authentication;

/// <summary>The access key that a request carries, in whichever of the three headers.</summary>
internal static class RequestKey
{
    private const string Bearer = "Bearer ";

    public static string? Of(HttpRequest request)
    {
        if (request.Headers.TryGetValue("X-API-Key", out var key)) return key.ToString();
        var authorization = request.Headers.Authorization.ToString();
        if (authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)) return authorization[Bearer.Length..].Trim();
        return request.Headers.TryGetValue("PRIVATE-TOKEN", out key) ? key.ToString() : null;
    }
}
