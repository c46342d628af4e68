using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Sluice.Ledger;

/// <summary>The public half of a log's Ed25519 key with the name that it signs as: a "vkey" of C2SP signed-note.</summary>
public sealed record VerifierKey
{
    private const byte Ed25519Type = 1;
    private const int KeyIdDigits = 8;

    private readonly byte[] _publicKey;

    /// <param name="name">Not empty, without spaces and plus signs.</param>
    /// <param name="publicKey">The 32 bytes of an Ed25519 public key.</param>
    public VerifierKey(string name, ReadOnlySpan<byte> publicKey)
    {
        if (!IsName(name))
            throw new ArgumentException("A key's name is not empty and has no spaces, plus or control characters.", nameof(name));
        if (publicKey.Length != Ed25519.PublicKeySize)
            throw new ArgumentException($"An Ed25519 public key has {Ed25519.PublicKeySize} bytes.", nameof(publicKey));

        Name = name;
        _publicKey = publicKey.ToArray();
        byte[] typed = [Ed25519Type, .. publicKey];
        KeyId = BinaryPrimitives.ReadUInt32BigEndian(Digest.Sha256([.. Encoding.UTF8.GetBytes(name), (byte)'\n', .. typed]).Bytes);
        Text = $"{name}+{KeyId:x8}+{Convert.ToBase64String(typed)}";
    }

    public string Name { get; }

    /// <summary>Tells keys of one name apart; no proof of anything.</summary>
    public uint KeyId { get; }

    /// <summary><c>name+keyid+base64</c>, as it is given to verifiers.</summary>
    public string Text { get; }

    public ReadOnlySpan<byte> PublicKey => _publicKey;

    /// <summary>False for what is no vkey, for a key id that is not its key's, and for kinds of key other than Ed25519.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out VerifierKey? key)
    {
        key = null;
        // The base64 part may itself have plus signs.
        var parts = text.Trim().Split('+', 3);
        if (parts.Length != 3
            || !IsName(parts[0])
            || parts[1].Length != KeyIdDigits
            || !uint.TryParse(parts[1], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var keyId)
            || !StrictBase64.TryDecode(parts[2], out var typed)
            || typed.Length != 1 + Ed25519.PublicKeySize
            || typed[0] != Ed25519Type)
        {
            return false;
        }

        var parsed = new VerifierKey(parts[0], typed.AsSpan(1));
        key = parsed.KeyId == keyId ? parsed : null;
        return key is not null;
    }

    public bool Equals(VerifierKey? other) => other is not null && Text == other.Text;

    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Text;

    internal static bool IsName(string name)
    {
        foreach (var character in name)
        {
            if (character == '+' || char.IsWhiteSpace(character) || char.IsControl(character) || char.IsSurrogate(character))
                return false;
        }
        return name.Length > 0;
    }
}
