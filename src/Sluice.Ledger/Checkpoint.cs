using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Sluice.Ledger;

/// <summary>The statement "the ledger of this origin had so many events, and this root" (C2SP tlog-checkpoint).</summary>
public sealed record Checkpoint(string Origin, long Size, Digest Root)
{
    /// <summary>What is signed.</summary>
    public string Text => string.Create(CultureInfo.InvariantCulture, $"{Origin}\n{Size}\n{Root.ToBase64()}\n");

    /// <summary>Reads a checkpoint's text; lines after the third are extensions, and are passed over.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out Checkpoint? checkpoint)
    {
        checkpoint = null;
        var lines = text.Split('\n');
        if (lines.Length < 4
            || lines[^1].Length != 0
            || Array.IndexOf(lines, "", 0, lines.Length - 1) >= 0
            || !long.TryParse(lines[1], NumberStyles.None, CultureInfo.InvariantCulture, out var size)
            || (lines[1][0] == '0' && lines[1].Length > 1)
            || !Digest.TryParseBase64(lines[2], out var root))
        {
            return false;
        }
        checkpoint = new Checkpoint(lines[0], size, root);
        return true;
    }

    /// <summary>The checkpoint in a signed note, if <paramref name="key"/> vouches for it and it is of that key's log.</summary>
    /// <param name="problem">When null is returned: why, for a person to read.</param>
    public static Checkpoint? Open(string note, VerifierKey key, out string? problem) => Open(note, key, out problem, out _);

    /// <param name="verdict">Tells a note that is forged from one that only another key can check.</param>
    internal static Checkpoint? Open(string note, VerifierKey key, out string? problem, out NoteVerdict verdict)
    {
        verdict = NoteVerdict.NotSigned;
        if (!SignedNote.TryParse(note, out var signed) || !TryParse(signed.Text, out var checkpoint))
        {
            problem = "it is no signed checkpoint";
            return null;
        }

        verdict = signed.Verify(key);
        problem = verdict switch
        {
            NoteVerdict.Forged => $"its signature is not that of {key.Name}",
            NoteVerdict.NotSigned => $"it is not signed with the key {key.Text}",
            _ when checkpoint.Origin != key.Name => $"it is of {checkpoint.Origin}, not of {key.Name}",
            _ => null,
        };
        return problem is null ? checkpoint : null;
    }

    public string Sign(INoteSigner signer) => SignedNote.Sign(Text, signer);
}
