using System.Text.Json;
using Sluice.Events;
using Sluice.Storage;

namespace Sluice.SelfAudit;

/// <summary>That a certificate ends, as the event says that told of it.</summary>
/// <param name="NotAfter">In nanoseconds since 1970; null when it was revoked, and ends no more.</param>
internal sealed record DeclaredExpiry(string Tenant, string Type, string Id, string? Name, long? NotAfter)
{
    /// <returns>Null when the event names no certificate, or no date that can be read.</returns>
    public static DeclaredExpiry? Of(in StoredEvent stored)
    {
        using var body = JsonDocument.Parse(stored.Body);
        var root = body.RootElement;
        if (!root.TryGetProperty("resource", out var resource) || Text(resource, "id") is not { } id) return null;
        var isRevoked = Text(root, "action") == "certificate.revoke";
        var date = root.TryGetProperty("metadata", out var metadata) ? Text(metadata, "not_after") : null;
        if (!isRevoked && (date is null || !Timestamp.TryParse(date, out _))) return null;
        return new DeclaredExpiry(Text(root, "tenant_id")!, Text(resource, "type") ?? "certificate", id, Text(resource, "name"), isRevoked ? null : At(date!));
    }

    private static long At(string date) => Timestamp.TryParse(date, out var at) ? at : 0;

    private static string? Text(JsonElement of, string name) =>
        of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;
}
