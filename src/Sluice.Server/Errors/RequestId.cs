namespace Sluice.Server.Errors;

/// <summary>The name of one request in answers and logs: the caller's own if it sent a usable one.</summary>
internal static class RequestId
{
    public const string Header = "X-Request-Id";

    private const int Longest = 128;

    public static void Assign(HttpContext context)
    {
        if (context.Request.Headers.TryGetValue(Header, out var given) && given is [{ Length: > 0 and <= Longest } id] && id.All(IsUsable)) context.TraceIdentifier = id;
        context.Response.Headers[Header] = context.TraceIdentifier;
    }

    private static bool IsUsable(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or ':' or '/' or '+' or '=';
}
