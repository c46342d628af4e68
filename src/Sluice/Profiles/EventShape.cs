using System.Text;
using System.Text.Json;
using Sluice.Events;

namespace Sluice.Profiles;

/// <summary>Which members of an object are whose <see cref="EventField"/>, in the order in which bodies spell them.</summary>
internal sealed class EventShape
{
    private readonly Known[] _members;
    private readonly EventField? _more;

    /// <param name="more">Set to the whole object when it has a member that is not among these.</param>
    private EventShape(EventField? more, params Known[] members) => (_more, _members) = (more, members);

    public static EventShape Event { get; } = new(
        null,
        new("id", EventField.Id), new("timestamp", EventField.Timestamp), new("tenant_id", EventField.TenantId), new("category", EventField.Category),
        new("action", EventField.Action), new("outcome", EventField.Outcome), new("service", EventField.Service),
        new("actor", EventField.Actor, new EventShape(
            EventField.ActorMore,
            new("email", EventField.ActorEmail), new("id", EventField.ActorId), new("name", EventField.ActorName), new("type", EventField.ActorType))),
        new("resource", EventField.Resource, new EventShape(
            EventField.ResourceMore, new("id", EventField.ResourceId), new("name", EventField.ResourceName), new("type", EventField.ResourceType))),
        new("source_ip", EventField.SourceIp), new("user_agent", EventField.UserAgent), new("session_id", EventField.SessionId),
        new("api_key_id", EventField.ApiKeyId), new("request_id", EventField.RequestId),
        new("api_call", EventField.ApiCall, new EventShape(
            null,
            new("ended_at", EventField.EndedAt), new("endpoint", EventField.Endpoint), new("error_reason", EventField.ErrorReason),
            new("grpc_code", EventField.GrpcCode), new("http_status", EventField.HttpStatus), new("method", EventField.Method),
            new("request", EventField.Request), new("response", EventField.Response), new("started_at", EventField.StartedAt), new("url", EventField.Url))),
        new("metadata", EventField.Metadata, new EventShape(null, new Known("personal", EventField.MetadataPersonal))),
        new("salt", EventField.Salt));

    /// <summary>Notes where the body's members stand.</summary>
    public void Find(ReadOnlySpan<byte> body, Span<Place> places)
    {
        var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = EventLimits.Depth + 1 });
        reader.Read();
        Find(ref reader, places);
    }

    private bool Find(ref Utf8JsonReader reader, Span<Place> places)
    {
        var (last, hasMore) = (-1, false);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var index = IndexOf(reader.ValueSpan, last);
            reader.Read();
            if (index < 0)
            {
                hasMore = true;
                reader.Skip();
                continue;
            }

            Take(ref reader, _members[index], places);
            last = index;
        }

        return hasMore;
    }

    private static void Take(ref Utf8JsonReader reader, Known member, Span<Place> places)
    {
        var start = (int)reader.TokenStartIndex;
        var hasMore = false;
        if (member.Inside is { } inside && reader.TokenType == JsonTokenType.StartObject) hasMore = inside.Find(ref reader, places);
        else reader.Skip();
        var place = new Place(start, (int)reader.BytesConsumed - start);
        places[(int)member.Field] = place;
        if (hasMore && member.Inside?._more is { } more) places[(int)more] = place;
    }

    /// <param name="after">The member found last: the next one is most likely right behind it.</param>
    private int IndexOf(ReadOnlySpan<byte> name, int after)
    {
        for (var i = 1; i <= _members.Length; i++)
        {
            var index = (after + i) % _members.Length;
            if (name.SequenceEqual(_members[index].Name)) return index;
        }

        return -1;
    }

    private sealed class Known(string name, EventField field, EventShape? inside = null)
    {
        public byte[] Name { get; } = Encoding.UTF8.GetBytes(name);

        public EventField Field { get; } = field;

        public EventShape? Inside { get; } = inside;
    }
}
