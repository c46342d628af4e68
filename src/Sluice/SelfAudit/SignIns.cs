using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sluice.Events;
using Sluice.Storage;

namespace Sluice.SelfAudit;

/// <summary>
/// Compares each actor's sign-ins with the one before: from another network within a short time, somebody else may be at work. A network is the first 16
/// bits of a version 4 address and the first 32 of a version 6 one, so that changing addresses of one provider are no news.
/// </summary>
/// <param name="distance">In nanoseconds.</param>
internal sealed class SignIns(long distance)
{
    private const int MostActors = 100_000;

    private readonly Dictionary<(string Tenant, string Actor), SignIn> _last = [];

    /// <returns>What is to be told of; null for nothing.</returns>
    public OwnEvent? See(in StoredEvent stored, long now)
    {
        if (SignIn.Of(stored) is not { } next) return null;
        var before = _last.GetValueOrDefault((next.Tenant, next.Actor));
        if (_last.Count >= MostActors) Forget(next.At);
        if (before is null || next.At >= before.At) _last[(next.Tenant, next.Actor)] = next;
        if (before is null || before.Network == next.Network || Math.Abs(next.At - before.At) > distance) return null;
        return Told(before, next, now);
    }

    private static OwnEvent Told(SignIn before, SignIn next, long now) => new(OwnActions.DistantNetworks, now)
    {
        Id = $"sluice-distant-{next.Sequence}",
        Outcome = OwnEvent.Failure,
        Resource = new OwnResource(next.ActorType, next.Actor),
        TenantId = next.Tenant,
        SourceIp = next.Address,
        Metadata = new JsonObject
        {
            ["event_id"] = next.Id,
            ["before_event_id"] = before.Id,
            ["seconds"] = Math.Abs(next.At - before.At) / 1_000_000_000,
            ["personal"] = new JsonObject { ["before_source_ip"] = before.Address },
        },
    };

    private void Forget(long at)
    {
        foreach (var old in _last.Where(last => at - last.Value.At > distance).Select(last => last.Key).ToList()) _last.Remove(old);
        if (_last.Count >= MostActors) _last.Clear();
    }

    private sealed record SignIn(long Sequence, string Id, string Tenant, string ActorType, string Actor, string Address, string Network, long At)
    {
        /// <returns>Null when it does not say from where, or its personal part was erased.</returns>
        public static SignIn? Of(in StoredEvent stored)
        {
            using var body = JsonDocument.Parse(stored.Body);
            var (root, actor) = (body.RootElement, body.RootElement.GetProperty("actor"));
            if (!root.TryGetProperty("source_ip", out var ip) || !IPAddress.TryParse(ip.GetString(), out var address) || Text(actor, "id") is not { } id) return null;
            _ = Timestamp.TryParse(root.GetProperty("timestamp").GetString()!, out var at);
            return new SignIn(stored.Sequence, Text(root, "id")!, Text(root, "tenant_id")!, Text(actor, "type") ?? "user", id, address.ToString(), NetworkOf(address), at);
        }

        private static string? Text(JsonElement of, string name) => of.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;

        private static string NetworkOf(IPAddress address)
        {
            var bytes = (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).GetAddressBytes();
            return Convert.ToHexString(bytes.AsSpan(0, bytes.Length == 4 ? 2 : 4));
        }
    }
}
