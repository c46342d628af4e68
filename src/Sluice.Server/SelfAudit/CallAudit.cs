namespace Sluice.Server.SelfAudit;

/// <summary>How a call stands in Sluice's own ledger. Of its request and answer only the named members are written down: what is not named here never is.</summary>
/// <param name="Name">Service and method, as an RPC has them.</param>
internal sealed record CallAudit(string Name)
{
    /// <summary>For what has no route: nothing is known of it.</summary>
    public static CallAudit Unknown { get; } = new("UnknownService/Unknown");

    /// <summary>Members of the request's body that are written down.</summary>
    public IReadOnlyList<string> Request { get; init; } = [];

    /// <summary>Members of the answer that are written down.</summary>
    public IReadOnlyList<string> Response { get; init; } = [];

    /// <summary>What the route's <c>{id}</c> names; null when it names nothing.</summary>
    public string? Resource { get; init; }

    /// <summary>Successful ones are folded to one record a second.</summary>
    public bool IsIngest { get; init; }

    /// <summary>A probe or a file of the console, not a call: written down only when it was denied.</summary>
    public bool IsProbe { get; init; }

    /// <summary>It goes on until its reader leaves.</summary>
    public bool IsEndless { get; init; }

    public string Endpoint { get; } = "/sluice.v1." + Name;
}
