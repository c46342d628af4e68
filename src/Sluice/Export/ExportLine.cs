using System.Buffers;
using System.Buffers.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Sluice.Ledger;
using Sluice.Profiles;
using Sluice.Storage;

namespace Sluice.Export;

/// <summary>Spells the lines of an export: an event each, with its proof when asked for, and at the end the checkpoint that all proofs lead to.</summary>
public sealed class ExportLine
{
    private const int HashLength = 44;

    private readonly ArrayBufferWriter<byte> _event = new();

    public static void Write(in StoredEvent stored, IBufferWriter<byte> output)
    {
        SluiceProfile.Instance.Write(stored, output);
        output.Write("\n"u8);
    }

    /// <param name="proof">The leaf's sibling first.</param>
    public void Write(in StoredEvent stored, IReadOnlyList<Digest> proof, IBufferWriter<byte> output)
    {
        _event.ResetWrittenCount();
        SluiceProfile.Instance.Write(stored, _event);
        output.Write(_event.WrittenSpan[..^1]);
        output.Write(",\"proof\":["u8);
        for (var i = 0; i < proof.Count; i++) WriteHash(proof[i], i > 0, output);
        output.Write("]}\n"u8);
    }

    public static void WriteCheckpoint(string note, IBufferWriter<byte> output)
    {
        output.Write("{\"checkpoint\":\""u8);
        output.Write(JsonEncodedText.Encode(note, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).EncodedUtf8Bytes);
        output.Write("\"}\n"u8);
    }

    private static void WriteHash(in Digest hash, bool comma, IBufferWriter<byte> output)
    {
        Span<byte> bytes = stackalloc byte[Digest.Size];
        hash.CopyTo(bytes);
        var span = output.GetSpan(HashLength + 3);
        var at = 0;
        if (comma) span[at++] = (byte)',';
        span[at++] = (byte)'"';
        Base64.EncodeToUtf8(bytes, span[at..], out _, out var written);
        at += written;
        span[at++] = (byte)'"';
        output.Advance(at);
    }
}
