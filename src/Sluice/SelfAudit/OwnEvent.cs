using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sluice.Events;

namespace Sluice.SelfAudit;

/// <summary>An event that Sluice raises itself. Its tenant is <c>_sluice</c>; whom it concerns stands in <c>metadata.tenant_id</c>.</summary>
public sealed class OwnEvent
{
    public const string Success = "success", Failure = "failure", Refused = "denied";

    private static readonly JsonWriterOptions Plainly = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private readonly string _action;
    private readonly string _category;

    /// <param name="action">One of <see cref="OwnActions"/>.</param>
    /// <param name="at">When it happened, in nanoseconds since 1970.</param>
    /// <exception cref="InvalidOperationException">The catalogue does not have this action.</exception>
    public OwnEvent(string action, long at)
    {
        var type = EventTypeCatalogue.FindOwn(action) ?? throw new InvalidOperationException($"{action} is new: describe it in {nameof(EventTypeCatalogue)}.");
        (_action, _category, At) = (action, type.Category, at);
        Id = "evt_" + Ulid.Text(at);
    }

    /// <summary>Of what may be raised twice, after a restart or by two nodes, the id is made of what happened: the ledger keeps one.</summary>
    public string Id { get; init; }

    public long At { get; }

    public string Outcome { get; init; } = Success;

    public OwnActor Actor { get; init; } = OwnActor.Sluice;

    public required OwnResource Resource { get; init; }

    /// <summary>The tenant whose key or destination it is about; that one may see it.</summary>
    public string? TenantId { get; init; }

    public string? SourceIp { get; init; }

    public string? UserAgent { get; init; }

    public string? SessionId { get; init; }

    public string? ApiKeyId { get; init; }

    public string? RequestId { get; init; }

    public JsonObject? ApiCall { get; init; }

    /// <summary>Further members of its metadata.</summary>
    public JsonObject? Metadata { get; init; }

    /// <summary>A change of the configuration by whoever <see cref="ChangeOrigin"/> names.</summary>
    /// <param name="before">What it was; null when it is new.</param>
    /// <param name="after">What it is; null when it is gone.</param>
    public static OwnEvent OfChange(string action, long at, OwnResource resource, string? tenant, JsonObject? before, JsonObject? after, JsonObject? more = null)
    {
        var metadata = more ?? [];
        metadata["before"] = before;
        metadata["after"] = after;
        return OfCommand(action, at, resource, tenant, metadata);
    }

    /// <summary>Something that whoever <see cref="ChangeOrigin"/> names has begun.</summary>
    /// <param name="id">As <see cref="Id"/>; null for one of its own.</param>
    public static OwnEvent OfCommand(string action, long at, OwnResource resource, string? tenant = null, JsonObject? metadata = null, string? id = null)
    {
        var origin = ChangeOrigin.Current;
        return new OwnEvent(action, at)
        {
            Id = id ?? "evt_" + Ulid.Text(at),
            Actor = origin.Actor,
            Resource = resource,
            TenantId = tenant,
            SourceIp = origin.SourceIp,
            UserAgent = origin.UserAgent,
            ApiKeyId = origin.ApiKeyId,
            SessionId = origin.SessionId,
            RequestId = origin.RequestId,
            Metadata = metadata,
        };
    }

    /// <summary>As a sender would spell it, on one line, and within what an event may be.</summary>
    public byte[] Spelled()
    {
        var whole = Spelled(Metadata);
        return WithinBounds.WithoutNul(whole.Length <= WithinBounds.MostBytes ? whole : Spelled((JsonObject?)WithinBounds.Shortened(Metadata)));
    }

    private byte[] Spelled(JsonObject? metadata)
    {
        var text = new MemoryStream(1024);
        using (var json = new Utf8JsonWriter(text, Plainly)) Write(json, metadata);
        return text.ToArray();
    }

    private void Write(Utf8JsonWriter json, JsonObject? metadata)
    {
        json.WriteStartObject();
        json.WriteString("id", Id);
        json.WriteString("timestamp", Timestamp.Text(At));
        json.WriteString("category", _category);
        json.WriteString("action", _action);
        json.WriteString("outcome", Outcome);
        json.WriteString("service", "sluice");
        WriteSubject(json, "actor", Actor.Type, Actor.Id, Actor.Name, Actor.Email);
        WriteSubject(json, "resource", Resource.Type, Resource.Id, Resource.Name);
        Optional(json, "source_ip", SourceIp);
        Optional(json, "user_agent", UserAgent);
        Optional(json, "session_id", SessionId);
        Optional(json, "api_key_id", ApiKeyId);
        Optional(json, "request_id", RequestId);
        WriteRest(json, metadata);
        json.WriteEndObject();
    }

    private void WriteRest(Utf8JsonWriter json, JsonObject? metadata)
    {
        if (ApiCall is not null)
        {
            json.WritePropertyName("api_call");
            ApiCall.WriteTo(json);
        }

        if (metadata is null && TenantId is null) return;
        json.WriteStartObject("metadata");
        Optional(json, "tenant_id", TenantId);
        foreach (var (name, value) in metadata ?? [])
        {
            json.WritePropertyName(name);
            if (value is null) json.WriteNullValue();
            else value.WriteTo(json);
        }

        json.WriteEndObject();
    }

    private static void WriteSubject(Utf8JsonWriter json, string member, string type, string id, string? name, string? email = null)
    {
        json.WriteStartObject(member);
        json.WriteString("type", type);
        json.WriteString("id", id);
        Optional(json, "name", name);
        Optional(json, "email", email);
        json.WriteEndObject();
    }

    private static void Optional(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null) json.WriteString(name, value);
    }
}
