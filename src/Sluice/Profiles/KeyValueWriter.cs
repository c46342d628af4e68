using System.Buffers;
using System.Buffers.Text;

namespace Sluice.Profiles;

/// <summary>Writes <c>key=value</c> pairs with a separator between them; in values, what would end them is escaped by a backslash.</summary>
/// <param name="special">Characters, beside the backslash and line breaks, that values must not hold as they are.</param>
internal ref struct KeyValueWriter(IBufferWriter<byte> output, byte separator, ReadOnlySpan<byte> special)
{
    private readonly ReadOnlySpan<byte> _special = special;
    private bool _isFirst = true;

    public void Text(ReadOnlySpan<byte> key, scoped ReadOnlySpan<byte> plain)
    {
        if (plain.IsEmpty) return;
        Key(key);
        foreach (var one in plain) Put(one);
    }

    /// <summary>A pair that says what another key's value is, and that one.</summary>
    public void Labelled(ReadOnlySpan<byte> key, ReadOnlySpan<byte> labelKey, ReadOnlySpan<byte> label, scoped ReadOnlySpan<byte> plain)
    {
        if (plain.IsEmpty) return;
        Text(labelKey, label);
        Text(key, plain);
    }

    public void Number(ReadOnlySpan<byte> key, long value)
    {
        Key(key);
        Utf8Formatter.TryFormat(value, output.GetSpan(20), out var length);
        output.Advance(length);
    }

    public void Hash(ReadOnlySpan<byte> key, in EventText e)
    {
        if (!e.Shows(LedgerParts.IntegrityHash)) return;
        Span<byte> hash = stackalloc byte[EventText.HashLength];
        e.WriteHash(hash);
        Text(key, hash);
    }

    private void Key(ReadOnlySpan<byte> key)
    {
        if (!_isFirst) Put1(separator);
        _isFirst = false;
        output.Write(key);
        Put1((byte)'=');
    }

    private readonly void Put(byte one)
    {
        switch (one)
        {
            case (byte)'\n': output.Write("\\n"u8); break;
            case (byte)'\r': output.Write("\\r"u8); break;
            case (byte)'\t' when separator == '\t': output.Write("\\t"u8); break;
            case (byte)'\\': output.Write("\\\\"u8); break;
            default:
                if (_special.Contains(one)) Put1((byte)'\\');
                Put1(one);
                break;
        }
    }

    private readonly void Put1(byte one)
    {
        output.GetSpan(1)[0] = one;
        output.Advance(1);
    }
}
