using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sluice.Delivery.Replays;
using Sluice.Events;
using Sluice.Streams;

namespace Sluice.Server.Endpoints;

/// <summary>Replays, and single dead letters, as the API shows them.</summary>
internal static class ReplayAnswer
{
    public static JsonObject Of(StoredReplay replay)
    {
        var (order, standing) = (replay.Order, replay.Standing);
        return new JsonObject
        {
            ["id"] = order.Id,
            ["status"] = standing.Status.Name(),
            ["sent"] = standing.Sent,
            ["total"] = replay.Total,
            ["refused"] = standing.Refused,
            ["source"] = order.Source.Name(),
            ["from"] = order.First,
            ["to"] = order.Last,
            ["filter"] = order.Filter,
            ["events_per_second"] = order.EventsPerSecond,
            ["gap_id"] = order.GapId,
            ["cursor"] = standing.Cursor,
            ["first_available"] = standing.FirstAvailable,
            ["last_error"] = standing.State.LastError is { } error ? DestinationAnswer.ErrorOf(error) : null,
            ["reason"] = standing.Reason,
            ["created_at"] = Timestamp.Text(order.CreatedAt),
            ["ended_at"] = standing.EndedAt is { } at ? Timestamp.Text(at) : null,
        };
    }

    public static JsonObject Of(DeadLetterView view)
    {
        var letter = DeadLetterAnswer.Of(view.Letter);
        return new JsonObject
        {
            ["id"] = letter.Id,
            ["sequence"] = letter.Sequence,
            ["tenant_id"] = letter.TenantId,
            ["reason"] = letter.Reason,
            ["class"] = letter.Class,
            ["at"] = letter.At,
            ["attempts"] = letter.Attempts,
            ["replay_id"] = letter.ReplayId,
            ["profile"] = view.Profile,
            ["event"] = view.Spelled is { } spelled ? EventOf(spelled) : null,
        };
    }

    /// <summary>Not every profile spells JSON.</summary>
    private static JsonNode? EventOf(ReadOnlyMemory<byte> spelled)
    {
        try
        {
            return JsonNode.Parse(spelled.Span);
        }
        catch (JsonException)
        {
            return Encoding.UTF8.GetString(spelled.Span);
        }
    }
}
