using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Sluice.Ledger;

/// <summary>One signature line of a note; whether it verifies is not known yet.</summary>
public sealed record NoteSignature(string Name, uint KeyId, ReadOnlyMemory<byte> Signature);

/// <summary>What the signatures of a note say to someone who knows some keys.</summary>
public enum NoteVerdict
{
    /// <summary>At least one known key signed it, and all known keys that are named did.</summary>
    Verified,

    /// <summary>No known key signed it.</summary>
    NotSigned,

    /// <summary>A known key is named, but the signature is not its.</summary>
    Forged,
}

/// <summary>A text and its signatures (C2SP signed-note).</summary>
public sealed class SignedNote
{
    private const string Dash = "\u2014 ";
    private const int MaxSignatures = 100;
    private const int KeyIdSize = 4;

    private SignedNote(string text, IReadOnlyList<NoteSignature> signatures)
    {
        Text = text;
        Signatures = signatures;
    }

    /// <summary>What is signed: with its last newline, without the empty line after it.</summary>
    public string Text { get; }

    public IReadOnlyList<NoteSignature> Signatures { get; }

    public static bool TryParse(string note, [NotNullWhen(true)] out SignedNote? parsed)
    {
        parsed = null;
        var separator = note.LastIndexOf("\n\n", StringComparison.Ordinal);
        if (separator < 0 || !note.EndsWith('\n') || !IsPlainText(note))
            return false;

        var lines = note[(separator + 2)..].Split('\n', MaxSignatures + 2);
        var signatures = new List<NoteSignature>();
        foreach (var line in lines.AsSpan(0, lines.Length - 1))
        {
            if (signatures.Count == MaxSignatures || !TryParseSignature(line, out var signature))
                return false;
            signatures.Add(signature);
        }
        if (signatures.Count == 0)
            return false;

        parsed = new SignedNote(note[..(separator + 1)], signatures);
        return true;
    }

    /// <summary>The note that <paramref name="signer"/> makes of a text that ends with a newline.</summary>
    public static string Sign(string text, INoteSigner signer)
    {
        Span<byte> keyId = stackalloc byte[KeyIdSize];
        BinaryPrimitives.WriteUInt32BigEndian(keyId, signer.Key.KeyId);
        byte[] signature = [.. keyId, .. signer.Sign(Encoding.UTF8.GetBytes(text))];
        return $"{text}\n{Dash}{signer.Key.Name} {Convert.ToBase64String(signature)}\n";
    }

    /// <summary>Signatures of other keys are passed over.</summary>
    public NoteVerdict Verify(params ReadOnlySpan<VerifierKey> known)
    {
        var text = Encoding.UTF8.GetBytes(Text);
        var verdict = NoteVerdict.NotSigned;
        foreach (var signature in Signatures)
        {
            foreach (var key in known)
            {
                if (key.KeyId != signature.KeyId || key.Name != signature.Name)
                    continue;
                if (!Ed25519.Verify(key.PublicKey, text, signature.Signature.Span))
                    return NoteVerdict.Forged;
                verdict = NoteVerdict.Verified;
            }
        }
        return verdict;
    }

    private static bool TryParseSignature(string line, [NotNullWhen(true)] out NoteSignature? signature)
    {
        signature = null;
        if (!line.StartsWith(Dash, StringComparison.Ordinal))
            return false;

        var fields = line[Dash.Length..].Split(' ');
        if (fields.Length != 2
            || !VerifierKey.IsName(fields[0])
            || !StrictBase64.TryDecode(fields[1], out var bytes)
            || bytes.Length <= KeyIdSize)
        {
            return false;
        }
        signature = new NoteSignature(fields[0], BinaryPrimitives.ReadUInt32BigEndian(bytes), bytes.AsMemory(KeyIdSize));
        return true;
    }

    private static bool IsPlainText(string note)
    {
        for (var i = 0; i < note.Length; i++)
        {
            var character = note[i];
            if (char.IsAscii(character) && char.IsControl(character) && character != '\n')
                return false;
            if (char.IsSurrogate(character) && (i + 1 == note.Length || !char.IsSurrogatePair(character, note[++i])))
                return false;
        }
        return true;
    }
}
