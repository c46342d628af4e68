using System.Runtime.CompilerServices;

namespace Sluice.Events;

/// <summary>What an event can be found by. Each kind has its own sorted postings in every index run; the order is part of the file format.</summary>
public enum IndexKind
{
    /// <summary>Tenant and id together: unique, and what idempotency asks for.</summary>
    Id,
    Tenant,
    Actor,
    Resource,
    Action,
    Outcome,
    Request,
    Digest,
}

/// <summary>
/// The hashes under which one event is indexed, 44 bits each; <see cref="KeyHash.Absent"/> where it has no such member.
/// A hash only proposes: whoever reads by it confirms against the body.
/// </summary>
[InlineArray(Count)]
public struct IndexKeys
{
    public const int Count = 8;

    private ulong _first;

    public ulong this[IndexKind kind]
    {
        readonly get => this[(int)kind];
        set => this[(int)kind] = value;
    }
}
