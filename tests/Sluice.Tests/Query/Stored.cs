using System.Text;
using Sluice.Ledger;
using Sluice.Storage;

namespace Sluice.Tests.Query;

/// <summary>Stored events for tests of the reading side.</summary>
internal static class Stored
{
    public const long Persisted = 1_773_564_137_010_000_000;

    public static StoredEvent Body(string json, long sequence = 4711, long persistedAt = Persisted)
    {
        var body = Encoding.UTF8.GetBytes(json);
        return new StoredEvent(sequence, persistedAt, Digest.Sha256(body), body);
    }

    public static StoredEvent With(string members, long sequence = 4711) =>
        Body($$"""{"id":"evt_1","timestamp":"2026-03-15T08:42:17.003000000Z","tenant_id":"t1","category":"c","action":"certificate.issue","outcome":"success","actor":{"type":"user","id":"u1"},{{members}}"salt":"AAAAAAAAAAAAAAAAAAAAAA"}""", sequence);
}
