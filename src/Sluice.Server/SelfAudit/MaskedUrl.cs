using System.Collections.Frozen;
using System.Text;

namespace Sluice.Server.SelfAudit;

/// <summary>Path and query of a call. Only parameters that are known to be harmless show their value: what is new is masked until it stands here.</summary>
internal static class MaskedUrl
{
    private const int Longest = 2_048;

    private static readonly FrozenSet<string> Harmless = new[]
    {
        "filter", "order", "order_by", "page_size", "tenant_id", "source", "after", "proofs", "group_by", "interval", "from", "to", "results", "replay_id", "limit",
        "action", "actor", "event_type", "resource_type", "resource_id", "lang",
    }.ToFrozenSet(StringComparer.Ordinal);

    public static string Of(HttpRequest request)
    {
        var path = (request.PathBase + request.Path).ToUriComponent();
        return Excerpt.Text(request.QueryString.HasValue ? path + Query(request.QueryString.Value!) : path, Longest);
    }

    private static string Query(string query)
    {
        var masked = new StringBuilder();
        foreach (var pair in query.TrimStart('?').Split('&'))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            masked.Append(masked.Length == 0 ? '?' : '&');
            if (equals < 0) masked.Append(Harmless.Contains(pair) || pair.Length == 0 ? pair : KeyMask.Mask);
            else if (Harmless.Contains(pair[..equals])) masked.Append(pair);
            else masked.Append(pair.AsSpan(0, equals + 1)).Append(KeyMask.Mask);
        }

        return masked.ToString();
    }
}
