using System.Runtime.CompilerServices;
using Sluice.Ledger;
using Sluice.Storage;

namespace Sluice.Profiles;

/// <summary>An event as profiles look at it: each member as its body spells it, found in one pass over the body. Absent members are empty.</summary>
internal readonly ref struct EventText
{
    private readonly ReadOnlySpan<byte> _body;
    private readonly Places _places;

    public EventText(in StoredEvent stored, LedgerParts shown)
    {
        (Stored, Shown) = (stored, shown);
        _body = stored.Body.Span;
        EventShape.Event.Find(_body, _places);
    }

    public StoredEvent Stored { get; }

    public LedgerParts Shown { get; }

    /// <summary>The member's JSON text, quotes included.</summary>
    public ReadOnlySpan<byte> this[EventField field] => _body.Slice(_places[(int)field].Start, _places[(int)field].Length);

    public bool Has(EventField field) => _places[(int)field].Length > 0;

    public bool HasAny(params ReadOnlySpan<EventField> fields)
    {
        foreach (var field in fields)
        {
            if (Has(field)) return true;
        }

        return false;
    }

    /// <summary>The member's text without quotes and escapes.</summary>
    public ReadOnlySpan<byte> Text(EventField field) => JsonText.Plain(this[field]);

    public bool Shows(LedgerParts part) => (Shown & part) != 0;

    public bool IsDenied => Text(EventField.Outcome).SequenceEqual("denied"u8);

    public bool IsSuccess => Text(EventField.Outcome).SequenceEqual("success"u8);

    /// <summary>The field when it is there, else another.</summary>
    public ReadOnlySpan<byte> Or(EventField field, EventField otherwise) => Has(field) ? this[field] : this[otherwise];

    public void WriteHash(Span<byte> destination)
    {
        Span<byte> digest = stackalloc byte[Digest.Size];
        Stored.Digest.CopyTo(digest);
        "sha256:"u8.CopyTo(destination);
        Convert.TryToHexStringLower(digest, destination["sha256:"u8.Length..], out _);
    }

    /// <summary>Bytes of an integrity hash as it is shown.</summary>
    public const int HashLength = 7 + (2 * Digest.Size);

    [InlineArray((int)EventField.Salt + 1)]
    private struct Places
    {
        private Place _first;
    }
}

/// <summary>Where a member's value stands in its body.</summary>
internal readonly record struct Place(int Start, int Length);
