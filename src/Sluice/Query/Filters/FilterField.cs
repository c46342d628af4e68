namespace Sluice.Query.Filters;

internal enum FieldKind
{
    /// <summary>A text, compared by its UTF-8 bytes.</summary>
    Text,

    /// <summary>A time, kept as 30 bytes whose byte order is the order of time.</summary>
    Time,

    Number,

    /// <summary>Whatever the sender put there.</summary>
    Free,
}

/// <summary>A member of an event that a filter may name.</summary>
internal sealed record FilterField(FieldKind Kind, IReadOnlyList<string> Path)
{
    private const string Sorted =
        "action, actor.…, api_call.…, api_key_id, category, id, integrity_hash, metadata.…, outcome, persisted_at, request_id, resource.…, sequence, service, session_id, source_ip, tenant_id, timestamp or user_agent";

    public const string EndedAtName = "ended_at";

    private static readonly Dictionary<string, FieldKind> Known = new(StringComparer.Ordinal)
    {
        ["id"] = FieldKind.Text,
        ["timestamp"] = FieldKind.Time,
        ["tenant_id"] = FieldKind.Text,
        ["category"] = FieldKind.Text,
        ["action"] = FieldKind.Text,
        ["outcome"] = FieldKind.Text,
        ["service"] = FieldKind.Text,
        ["actor.type"] = FieldKind.Text,
        ["actor.id"] = FieldKind.Text,
        ["actor.name"] = FieldKind.Text,
        ["actor.email"] = FieldKind.Text,
        ["resource.type"] = FieldKind.Text,
        ["resource.id"] = FieldKind.Text,
        ["resource.name"] = FieldKind.Text,
        ["source_ip"] = FieldKind.Text,
        ["user_agent"] = FieldKind.Text,
        ["session_id"] = FieldKind.Text,
        ["api_key_id"] = FieldKind.Text,
        ["request_id"] = FieldKind.Text,
        ["api_call.endpoint"] = FieldKind.Text,
        ["api_call.method"] = FieldKind.Text,
        ["api_call.url"] = FieldKind.Text,
        ["api_call.grpc_code"] = FieldKind.Text,
        ["api_call.http_status"] = FieldKind.Number,
        ["api_call.error_reason"] = FieldKind.Text,
        ["api_call.started_at"] = FieldKind.Time,
        ["api_call.ended_at"] = FieldKind.Time,
        ["api_call.request"] = FieldKind.Free,
        ["api_call.response"] = FieldKind.Free,
        ["salt"] = FieldKind.Text,
        ["personal"] = FieldKind.Text,
        ["sequence"] = FieldKind.Number,
        ["persisted_at"] = FieldKind.Time,
        ["integrity_hash"] = FieldKind.Text,
    };

    private static readonly string[] Open = ["metadata", "actor", "resource"];

    /// <summary>The members under <c>api_call</c> that hold whatever the sender put there.</summary>
    private static readonly string[] OpenInCall = ["request", "response"];

    /// <summary>When the event's call ended, else when it happened. No member of events, so only a dialect's names lead to it.</summary>
    public static FilterField EndedAt { get; } = new(FieldKind.Time, [EndedAtName]);

    public string Name => string.Join('.', Path);

    public bool Is(string name) => Path.Count == 1 && Path[0] == name;

    /// <param name="expected">When null is returned: what would be right.</param>
    public static FilterField? Find(IReadOnlyList<string> path, out string expected)
    {
        expected = Sorted;
        if (Known.TryGetValue(string.Join('.', path), out var kind) && IsSpelledInWords(path)) return new FilterField(kind, path);
        if (path.Count >= 2 && Open.Contains(path[0])) return new FilterField(FieldKind.Free, path);
        if (path.Count >= 3 && path[0] == "api_call" && OpenInCall.Contains(path[1])) return new FilterField(FieldKind.Free, path);
        if (path[0] == "api_call") expected = "api_call.endpoint, method, url, grpc_code, http_status, error_reason, started_at, ended_at, request.… or response.…";
        else if (path.Count == 1 && Open.Contains(path[0])) expected = $"a member of {path[0]}, such as {path[0]}.{(path[0] == "metadata" ? "name" : "id")}";
        return null;
    }

    /// <summary>A quoted name may hold a dot: <c>"actor.id"</c> as one name is not actor.id.</summary>
    private static bool IsSpelledInWords(IReadOnlyList<string> path) =>
        path.All(name => !name.Contains('.', StringComparison.Ordinal));
}
