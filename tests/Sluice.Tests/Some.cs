using System.Text;
using Sluice.Events;
using Sluice.Ingest;

namespace Sluice.Tests;

/// <summary>Events for tests that do not care which.</summary>
internal static class Some
{
    public const string Event = """{"action":"certificate.issue","outcome":"success","actor":{"type":"user","id":"usr_1"}}""";

    public static string EventWith(string members) => $$$"""{"action":"certificate.issue","outcome":"success","actor":{"type":"user","id":"usr_1"},{{{members}}}}""";

    public static string EventWithId(string id, string tenant = "acme", string actor = "usr_1") =>
        $$$"""{"id":"{{{id}}}","timestamp":"2026-03-15T08:42:17.003Z","tenant_id":"{{{tenant}}}","action":"certificate.issue","outcome":"success","actor":{"type":"user","id":"{{{actor}}}"}}""";

    public static ParsedRequest Parse(string body, bool lines = false, string? tenant = null)
    {
        using var parser = new RequestParser(TimeProvider.System);
        return parser.Parse(Encoding.UTF8.GetBytes(body), lines, new EventScope(tenant));
    }

    public static AcceptedBatch Batch(params IEnumerable<string> events)
    {
        var request = Parse(string.Join('\n', events), lines: true);
        Assert.Empty(request.Rejected);
        return request.Accepted;
    }

    public static string BodyOf(AcceptedBatch batch, int index = 0) => Encoding.UTF8.GetString(batch.Body(batch[index]));
}
