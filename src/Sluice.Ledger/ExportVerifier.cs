using System.Buffers.Text;
using System.Text.Json;

namespace Sluice.Ledger;

/// <summary>
/// Checks an export with proofs against a signed checkpoint, without the ledger that it came from. Memory does not grow
/// with the export.
/// </summary>
public sealed class ExportVerifier
{
    private const int LinesBetweenProgress = 4096;

    private readonly ExportLines _lines;
    private readonly Checkpoint _checkpoint;
    private readonly InclusionVerifier _inclusion;
    private readonly Digest[] _proof = new Digest[Proofs.MaxLength];
    private long _last = -1;

    private ExportVerifier(ExportLines lines, Checkpoint checkpoint)
    {
        _lines = lines;
        _checkpoint = checkpoint;
        _inclusion = new InclusionVerifier(checkpoint);
    }

    /// <param name="seekable">NDJSON: events with <c>proof</c>, then <c>{"checkpoint":"…"}</c>. Read from its beginning.</param>
    /// <param name="key">The log's key, from a source that is trusted more than the export.</param>
    /// <param name="checkpointNote">A checkpoint that was kept elsewhere: it counts, and the export's own must agree with it.</param>
    /// <param name="progress">Told how many lines were checked, now and then and at the end.</param>
    public static ExportResult Verify(Stream seekable, VerifierKey key, string? checkpointNote, IProgress<long>? progress)
    {
        var lines = ExportLines.Open(seekable);
        var problem = TryChoose(lines.Checkpoint, checkpointNote, key, out var checkpoint);
        return problem ?? new ExportVerifier(lines, checkpoint!).Run(progress);
    }

    private static ExportResult? TryChoose(string? inside, string? kept, VerifierKey key, out Checkpoint? checkpoint)
    {
        checkpoint = null;
        if (inside is null && kept is null)
            return new ExportResult.CannotCheck("The last line is no checkpoint: this is no export with proofs, or its end is missing.");

        if (kept is not null)
        {
            checkpoint = Checkpoint.Open(kept, key, out var problem);
            if (checkpoint is null)
                return new ExportResult.CannotCheck($"The checkpoint that was given cannot be used: {problem}.");
        }
        if (inside is null)
            return null;

        var own = Checkpoint.Open(inside, key, out var ownProblem, out var verdict);
        if (own is null)
        {
            return verdict == NoteVerdict.Forged
                ? new ExportResult.Wrong(null, 0, $"The checkpoint on the last line is not genuine: {ownProblem}.")
                : new ExportResult.CannotCheck($"The checkpoint on the last line cannot be used: {ownProblem}.");
        }
        if (checkpoint is not null && checkpoint.Size != own.Size)
        {
            return new ExportResult.CannotCheck(
                $"The proofs lead to a ledger of {own.Size} events, the checkpoint that was given is of {checkpoint.Size}.");
        }
        if (checkpoint is not null && checkpoint.Root != own.Root)
            return new ExportResult.Wrong(null, 0, $"Two signed checkpoints of {own.Size} events differ: the ledger was shown in two versions.");

        checkpoint = own;
        return null;
    }

    private ExportResult Run(IProgress<long>? progress)
    {
        try
        {
            while (_lines.TryRead(out var line))
            {
                var problem = Check(line, out var members);
                if (problem is not null)
                    return new ExportResult.Wrong(members.Sequence ?? SequenceIn(line), _lines.Count, problem);
                if (_lines.Count % LinesBetweenProgress == 0)
                    progress?.Report(_lines.Count);
            }
        }
        catch (FormatException e)
        {
            return new ExportResult.Wrong(null, _lines.Count, e.Message);
        }
        progress?.Report(_lines.Count);
        return new ExportResult.Clean(_lines.Count, _checkpoint);
    }

    private string? Check(ReadOnlySpan<byte> line, out LedgerMembers members)
    {
        if (!EventHash.TryCompute(line, out var digest, out var problem, out members))
            return problem;
        if (members.Sequence is not { } sequence)
            return "It has no sequence.";
        if (sequence <= _last)
            return $"Its sequence does not come after {_last}.";
        if (sequence >= _checkpoint.Size)
            return $"The checkpoint has {_checkpoint.Size} events, not this one.";
        if (members.IntegrityHash is not { } shown)
            return "It has no integrity_hash.";
        if (shown != digest)
            return $"Its content has the hash {EventHash.Text(digest)}, not its integrity_hash.";
        if (!TryReadProof(line[members.Proof], out var length))
            return "It has no proof, or one that is not spelled right.";
        if (!_inclusion.Verify(sequence, MerkleHash.Leaf(digest), _proof.AsSpan(0, length)))
            return "Its proof does not lead to the signed checkpoint: the ledger has another event in this place.";

        _last = sequence;
        return null;
    }

    private bool TryReadProof(ReadOnlySpan<byte> json, out int length)
    {
        length = 0;
        var reader = new Utf8JsonReader(json);
        if (json.Length == 0 || !reader.Read() || reader.TokenType != JsonTokenType.StartArray)
            return false;

        Span<byte> unescaped = stackalloc byte[512];
        while (reader.Read() && reader.TokenType == JsonTokenType.String)
        {
            if (length == Proofs.MaxLength || reader.ValueSpan.Length > unescaped.Length)
                return false;

            // Some writers spell the plus sign of base64 as an escape.
            var hash = reader.ValueIsEscaped ? unescaped[..CopyString(ref reader, unescaped)] : reader.ValueSpan;
            if (!Digest.TryParseBase64(hash, out _proof[length++]))
                return false;
        }
        return reader.TokenType == JsonTokenType.EndArray;
    }

    private static int CopyString(ref Utf8JsonReader reader, scoped Span<byte> unescaped)
    {
        try
        {
            return reader.CopyString(unescaped);
        }
        catch (InvalidOperationException)
        {
            // A lone surrogate: no base64, like an empty text.
            return 0;
        }
    }

    /// <summary>What a line that cannot be read says of its sequence: a hint for a person, not evidence.</summary>
    private static long? SequenceIn(ReadOnlySpan<byte> line)
    {
        var name = "\"sequence\":"u8;
        var found = line.LastIndexOf(name);
        return found >= 0 && Utf8Parser.TryParse(line[(found + name.Length)..], out long sequence, out _) ? sequence : null;
    }
}
