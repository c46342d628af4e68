using System.Text.Json;

namespace Sluice.Sources.CloudTrail;

/// <summary>How it ended, out of the error code. A failed sign-in has none: it says so in its message or its answer.</summary>
internal static class CloudTrailOutcome
{
    public const string Success = "success", Failure = "failure", Denied = "denied";

    private const string Prefix = "Client.", Suffix = "Exception";

    public static string Of(JsonElement record)
    {
        if (record.Text("errorCode") is { } code) return OfCode(code);
        var failed = record.Text("errorMessage") is not null || record.Member("responseElements").Text("ConsoleLogin") == "Failure";
        return failed ? Failure : Success;
    }

    private static string OfCode(string code)
    {
        var bare = code.AsSpan();
        if (bare.StartsWith(Prefix, StringComparison.Ordinal)) bare = bare[Prefix.Length..];
        if (bare.EndsWith(Suffix, StringComparison.Ordinal)) bare = bare[..^Suffix.Length];
        return bare is "AccessDenied" or "UnauthorizedOperation" ? Denied : Failure;
    }
}
