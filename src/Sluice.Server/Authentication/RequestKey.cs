namespace Sluice.Server.Authentication;

/// <summary>The access key that a request carries, in whichever of the three headers.</summary>
internal static class RequestKey
{
    private const string Bearer = "Bearer ";

    public static string? Of(HttpRequest request)
    {
        if (request.Headers.TryGetValue("X-API-Key", out var key)) return key.ToString();
        if (request.Headers.Authorization.ToString() is { Length: > 0 } authorization)
            return authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? authorization[Bearer.Length..].Trim() : null;
        return request.Headers.TryGetValue("PRIVATE-TOKEN", out key) ? key.ToString() : null;
    }
}
