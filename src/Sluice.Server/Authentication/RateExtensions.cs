using Sluice.Server.Errors;
using Sluice.Tenants;

namespace Sluice.Server.Authentication;

internal static class RateExtensions
{
    /// <exception cref="ApiProblem">429: the key, or its tenant, has had its share of this minute.</exception>
    public static async ValueTask RequireRateAsync(this HttpContext context, RateLimits limits, RateKind kind, long amount)
    {
        if (await limits.TryTakeAsync(context.Caller(), kind, amount, context.RequestAborted) is not { } wait) return;
        var what = kind == RateKind.Requests ? "requests" : "events";
        throw new ApiProblem(429, "rate_limited", $"This key, or its tenant, has had as many {what} as it may in a minute; nothing of this request was done. Send it again after Retry-After.") { RetryAfter = wait };
    }
}
