using System.Collections.Frozen;
using System.Text;

namespace Sluice.Profiles;

/// <summary>gRPC's status codes and the HTTP statuses that its gateways answer for them.</summary>
internal static class GrpcStatus
{
    private static readonly FrozenDictionary<string, int> Http = new Dictionary<string, int>
    {
        ["OK"] = 200,
        ["CANCELLED"] = 499,
        ["UNKNOWN"] = 500,
        ["INVALID_ARGUMENT"] = 400,
        ["DEADLINE_EXCEEDED"] = 504,
        ["NOT_FOUND"] = 404,
        ["ALREADY_EXISTS"] = 409,
        ["PERMISSION_DENIED"] = 403,
        ["RESOURCE_EXHAUSTED"] = 429,
        ["FAILED_PRECONDITION"] = 400,
        ["ABORTED"] = 409,
        ["OUT_OF_RANGE"] = 400,
        ["UNIMPLEMENTED"] = 501,
        ["INTERNAL"] = 500,
        ["UNAVAILABLE"] = 503,
        ["DATA_LOSS"] = 500,
        ["UNAUTHENTICATED"] = 401,
    }.ToFrozenDictionary();

    /// <summary>The code of an event that has none of its own, by its outcome.</summary>
    public static ReadOnlySpan<byte> Of(in EventText e) => e.IsSuccess ? "OK"u8 : e.IsDenied ? "PERMISSION_DENIED"u8 : "UNKNOWN"u8;

    /// <summary>The code of an answer with this HTTP status.</summary>
    public static string OfHttp(int status) => status switch
    {
        < 400 => "OK",
        401 => "UNAUTHENTICATED",
        403 => "PERMISSION_DENIED",
        404 => "NOT_FOUND",
        405 or 501 => "UNIMPLEMENTED",
        408 or 504 => "DEADLINE_EXCEEDED",
        409 => "ABORTED",
        410 => "OUT_OF_RANGE",
        429 or 507 => "RESOURCE_EXHAUSTED",
        499 => "CANCELLED",
        503 => "UNAVAILABLE",
        < 500 => "INVALID_ARGUMENT",
        _ => "INTERNAL",
    };

    /// <param name="code">A code in upper case; of any other text nothing is known.</param>
    public static bool TryHttp(ReadOnlySpan<byte> code, out int status)
    {
        status = 0;
        return code.Length <= 32 && Http.TryGetValue(Encoding.UTF8.GetString(code), out status);
    }
}
