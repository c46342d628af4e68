using System.Text;
using System.Text.Json;
using Sluice.Storage;

namespace Sluice.Query;

/// <summary>
/// The actions that events have, and the types of what they are about, by tenant. It learns them when it is asked, by reading what was committed since it was
/// asked last: the first question after a start reads the ledger once.
/// </summary>
public sealed class SeenTypes : IDisposable
{
    private const int BatchEvents = 4096;
    private const int BatchBytes = 8 << 20;

    /// <summary>Beyond these it learns no more: whoever puts ids into actions fills no memory.</summary>
    private const int MostCombinations = 100_000;

    private static readonly OfTenant Nothing = new();

    private readonly Dictionary<string, Ledger> _ledgers = [];
    private readonly SemaphoreSlim _gate = new(1, 1);

    /// <param name="tenant">Null for those of all tenants of the ledger.</param>
    public async ValueTask<OfTenant> OfAsync(ILedgerReader ledger, string? tenant, CancellationToken cancellation)
    {
        await ledger.CatchUpAsync(cancellation);
        await _gate.WaitAsync(cancellation);
        try
        {
            if (!_ledgers.TryGetValue(ledger.Name, out var known)) _ledgers.Add(ledger.Name, known = new Ledger());
            await known.CatchUpAsync(ledger, cancellation);
            return (tenant is null ? known.All : known.Tenants.GetValueOrDefault(tenant, Nothing)).Copy();
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();

    /// <summary>What a tenant's events have.</summary>
    public sealed class OfTenant
    {
        public HashSet<string> Actions { get; private init; } = new(StringComparer.Ordinal);

        /// <summary>Types of resources, and of actors where events have no resource.</summary>
        public HashSet<string> Subjects { get; private init; } = new(StringComparer.Ordinal);

        internal void Add(string action, string? subject)
        {
            Actions.Add(action);
            if (subject is not null) Subjects.Add(subject);
        }

        internal OfTenant Copy() => new() { Actions = new(Actions, StringComparer.Ordinal), Subjects = new(Subjects, StringComparer.Ordinal) };
    }

    private sealed class Ledger
    {
        private const int Tenant = 0, Action = 1, ResourceId = 2, ResourceType = 3, ActorType = 4;

        private readonly MemberReader _members = new([["tenant_id"], ["action"], ["resource", "id"], ["resource", "type"], ["actor", "type"]]);
        private readonly HashSet<byte[]> _combinations = new(BytesComparer.Instance);
        private readonly Range[] _found = new Range[5];
        private readonly List<byte> _key = [];
        private long _next;

        public OfTenant All { get; } = new();

        public Dictionary<string, OfTenant> Tenants { get; } = new(StringComparer.Ordinal);

        public async ValueTask CatchUpAsync(ILedgerReader ledger, CancellationToken cancellation)
        {
            using var page = new EventPage();
            for (var end = ledger.Size; _next < end;)
            {
                cancellation.ThrowIfCancellationRequested();
                page.Clear();
                await ledger.ReadAsync(page, _next, end, BatchEvents, BatchBytes, cancellation);
                for (var at = 0; at < page.Count; at++) Learn(page[at].Body.Span);
                // Where retention was faster there is nothing to learn from.
                _next = page.Count > 0 ? page[page.Count - 1].Sequence + 1 : end;
                await Task.Yield();
            }
        }

        /// <summary>Most events are like one that was seen: they cost a comparison of what they spell.</summary>
        private void Learn(ReadOnlySpan<byte> body)
        {
            _members.Read(body, _found);
            var subject = _found[ResourceId].Equals(default) ? _found[ActorType] : _found[ResourceType];
            _key.Clear();
            foreach (var part in (ReadOnlySpan<Range>)[_found[Tenant], _found[Action], subject])
            {
                _key.AddRange(body[part]);
                _key.Add((byte)'\n');
            }

            var combinations = _combinations.GetAlternateLookup<ReadOnlySpan<byte>>();
            if (_combinations.Count == MostCombinations || !combinations.Add(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_key))) return;
            Add(Text(body[_found[Tenant]])!, Text(body[_found[Action]])!, Text(body[subject]));
        }

        private void Add(string tenant, string action, string? subject)
        {
            if (!Tenants.TryGetValue(tenant, out var types)) Tenants.Add(tenant, types = new OfTenant());
            types.Add(action, subject);
            All.Add(action, subject);
        }

        private static string? Text(ReadOnlySpan<byte> json)
        {
            if (json.IsEmpty || json[0] != '"') return null;
            if (json.IndexOf((byte)'\\') < 0) return Encoding.UTF8.GetString(json[1..^1]);
            var reader = new Utf8JsonReader(json);
            reader.Read();
            return reader.GetString();
        }
    }
}
