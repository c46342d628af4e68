using System.Buffers;
using System.Text.Json;
using Sluice.Ledger;

namespace Sluice.Profiles;

/// <summary>Texts in and out of JSON strings.</summary>
internal static class JsonText
{
    /// <summary>What a JSON string says. Only one with escapes is copied.</summary>
    /// <param name="json">A string with its quotes, another value, which is returned as it is, or nothing.</param>
    public static ReadOnlySpan<byte> Plain(ReadOnlySpan<byte> json)
    {
        if (json.IsEmpty || json[0] != '"') return json;
        if (json.IndexOf((byte)'\\') < 0) return json[1..^1];
        var reader = new Utf8JsonReader(json);
        reader.Read();
        var text = new byte[json.Length];
        return text.AsSpan(0, reader.CopyString(text));
    }

    public static void Write(ReadOnlySpan<byte> plain, IBufferWriter<byte> output) => CanonicalJson.WriteString(plain, output);

    /// <summary>How many bytes more than itself a text takes as a JSON string.</summary>
    public static int Excess(ReadOnlySpan<byte> plain)
    {
        var excess = 2;
        foreach (var one in plain)
        {
            if (one is (byte)'"' or (byte)'\\') excess++;
            else if (one < 0x20) excess += 5;
        }

        return excess;
    }
}
