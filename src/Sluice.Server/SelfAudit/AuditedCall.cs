using System.Text.Json.Nodes;
using Sluice.SelfAudit;
using Sluice.Server.Errors;
using Sluice.Tenants;

namespace Sluice.Server.SelfAudit;

internal enum CallEnd
{
    Answered,

    /// <summary>The caller left before its answer was complete.</summary>
    Left,

    /// <summary>The server broke its answer off.</summary>
    BrokenOff,
}

/// <summary>What is noted of one call while it is served, for its record.</summary>
/// <param name="startedAt">In nanoseconds since 1970.</param>
/// <param name="started">The clock's timestamp then.</param>
internal sealed class AuditedCall(long startedAt, long started)
{
    public long StartedAt { get; } = startedAt;

    public long Started { get; } = started;

    /// <summary>Named members of the body, as it was sent.</summary>
    public JsonObject? Request { get; set; }

    /// <summary>Named members of the answer.</summary>
    public JsonObject? Response { get; set; }

    /// <summary>Why it was refused.</summary>
    public string? Reason { get; set; }

    /// <summary>Whose key or session was shown, even where it did not let its owner in; null for none that is known.</summary>
    public Caller? Shown { get; set; }

    /// <summary>Somebody whom a provider of identities knows, and who may do nothing here.</summary>
    public OwnActor? Stranger { get; set; }

    /// <summary>Events that an ingest call held, and those of them that were refused.</summary>
    public int Events { get; set; }

    public int Rejected { get; set; }

    public CallEnd End { get; set; }

    public void Refuse(ApiProblem problem) => Reason = $"{problem.Code}: {problem.Message}";
}

internal static class AuditedCallExtensions
{
    private static readonly object Key = new();

    /// <summary>Null where calls are not recorded.</summary>
    public static AuditedCall? Audited(this HttpContext context) => context.Items.TryGetValue(Key, out var call) ? (AuditedCall?)call : null;

    public static CallAudit Audit(this HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<CallAudit>() ?? CallAudit.Unknown;

    public static void SetAudited(this HttpContext context, AuditedCall call) => context.Items[Key] = call;
}
