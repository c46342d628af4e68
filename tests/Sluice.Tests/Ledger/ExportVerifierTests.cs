using System.Globalization;
using System.Text;
using System.Text.Json;
using Sluice.Ledger;

namespace Sluice.Tests.Ledger;

public sealed class ExportVerifierTests
{
    private const int Size = 300;
    private const string Name = "sluice.example/log";

    private static readonly LibCrypto Signer = new(Name, new byte[32]);
    private static readonly Digest[] Digests = [.. Enumerable.Range(0, Size).Select(i => DigestOf(Event(i)))];
    private static readonly Digest[] Leaves = Array.ConvertAll(Digests, digest => MerkleHash.Leaf(digest));
    private static readonly Checkpoint Log = new(Name, Size, Some.Root(Leaves));
    private static readonly string[] Lines = [.. Enumerable.Range(0, Size).Select(Line), Last(Log.Sign(Signer))];

    [Fact]
    public void An_untouched_export_is_clean()
    {
        var told = new List<long>();

        var result = ExportVerifier.Verify(Stream(Lines), Signer.Key, null, new Told(told));

        Assert.Equal(new ExportResult.Clean(Size, Log), result);
        Assert.Equal(Size, told[^1]);
    }

    [Fact]
    public void A_filtered_export_is_clean() => Assert.Equal(
        new ExportResult.Clean(3, Log), Verify([Lines[4], Lines[5], Lines[299], Lines[^1]]));

    [Fact]
    public void An_export_of_nothing_is_clean() => Assert.Equal(new ExportResult.Clean(0, Log), Verify([Lines[^1]]));

    [Fact]
    public void An_erased_event_is_clean()
    {
        var line = Some.Event1Canonical[..^1] + ""","sequence":0,"integrity_hash":"sha256:""" + Some.Event1Digest + "\",\"proof\":[]}";
        var log = new Checkpoint(Name, 1, MerkleHash.Leaf(Some.Hex(Some.Event1Digest)));

        Assert.Equal(new ExportResult.Clean(1, log), Verify([line, Last(log.Sign(Signer))]));
    }

    [Fact]
    public void Any_flipped_byte_of_an_event_names_its_line()
    {
        var line = Encoding.UTF8.GetBytes(Lines[130]);
        for (var at = 0; at < line.Length; at++)
        {
            var flipped = (byte[])line.Clone();
            flipped[at] ^= 1;

            var result = ExportVerifier.Verify(new MemoryStream(
                [.. Encoding.UTF8.GetBytes(Lines[129] + "\n"), .. flipped, .. Encoding.UTF8.GetBytes($"\n{Lines[131]}\n{Lines[^1]}\n")]),
                Signer.Key, null, null);

            if (!IsUnsigned(line, at))
                Assert.Equal(2, Assert.IsType<ExportResult.Wrong>(result).Line);
        }
    }

    [Fact]
    public void A_flipped_byte_of_content_names_the_sequence()
    {
        var lines = (string[])Lines.Clone();
        lines[130] = lines[130].Replace("act.130", "act.131", StringComparison.Ordinal);

        AssertWrong(130, 131, "integrity_hash", Verify(lines));
    }

    [Fact]
    public void A_line_that_cannot_be_read_still_names_its_sequence()
    {
        var lines = (string[])Lines.Clone();
        lines[130] = lines[130].Replace("\"action\"", "\"action", StringComparison.Ordinal);

        AssertWrong(130, 131, "JSON", Verify(lines));
    }

    [Fact]
    public void An_event_rewritten_with_its_hash_does_not_lead_to_the_checkpoint()
    {
        var lines = (string[])Lines.Clone();
        var forged = Event(130).Replace("success", "failure", StringComparison.Ordinal);
        lines[130] = Line(130, forged, DigestOf(forged));

        AssertWrong(130, 131, "checkpoint", Verify(lines));
    }

    [Fact]
    public void An_event_in_the_place_of_another_is_named()
    {
        var lines = (string[])Lines.Clone();
        lines[130] = Line(130, Event(131), Digests[131]);

        AssertWrong(130, 131, "checkpoint", Verify(lines));
    }

    [Fact]
    public void Sequences_must_go_up()
    {
        AssertWrong(5, 2, "after 5", Verify([Lines[5], Lines[5], Lines[^1]]));
        AssertWrong(4, 2, "after 5", Verify([Lines[5], Lines[4], Lines[^1]]));
    }

    [Theory]
    [InlineData("sequence", "It has no sequence.")]
    [InlineData("integrity_hash", "It has no integrity_hash.")]
    [InlineData("proof", "no proof")]
    public void A_member_that_is_missing_is_named(string member, string problem)
    {
        using var line = JsonDocument.Parse(Lines[7]);
        var kept = line.RootElement.EnumerateObject().Where(each => each.Name != member).ToDictionary(each => each.Name, each => each.Value);

        AssertWrong(member == "sequence" ? null : 7, 1, problem, Verify([JsonSerializer.Serialize(kept), Lines[^1]]));
    }

    [Theory]
    [InlineData("7")]
    [InlineData("[7]")]
    [InlineData("[\"x\"]")]
    [InlineData("[\"\\ud800\"]")]
    [InlineData("[[]]")]
    public void A_proof_that_is_none_is_named(string proof)
    {
        var line = Lines[7][..Lines[7].IndexOf("\"proof\":", StringComparison.Ordinal)] + $"\"proof\":{proof}}}";

        AssertWrong(7, 1, "proof", Verify([line, Lines[^1]]));
    }

    [Fact]
    public void Escapes_in_a_proof_do_not_matter()
    {
        var line = Lines[7].Replace("+", "\\u002b", StringComparison.Ordinal).Replace("/", "\\/", StringComparison.Ordinal);

        Assert.IsType<ExportResult.Clean>(Verify([line, Lines[^1]]));
    }

    [Fact]
    public void An_export_without_its_end_cannot_be_checked()
    {
        Assert.IsType<ExportResult.CannotCheck>(Verify(Lines[..^1]));
        Assert.IsType<ExportResult.CannotCheck>(Verify([]));
        Assert.IsType<ExportResult.CannotCheck>(Verify([.. Lines[..^1], Lines[^1][..50]]));
    }

    [Fact]
    public void An_export_without_its_end_is_checked_against_a_kept_checkpoint()
    {
        var kept = Log.Sign(Signer);

        Assert.Equal(new ExportResult.Clean(Size, Log), Verify(Lines[..^1], kept));
        AssertWrong(299, 300, "JSON", Verify([.. Lines[..299], Lines[299][..^9]], kept));
    }

    [Fact]
    public void A_kept_checkpoint_that_agrees_changes_nothing() =>
        Assert.Equal(new ExportResult.Clean(Size, Log), Verify(Lines, Log.Sign(Signer)));

    [Fact]
    public void Two_roots_for_one_size_are_wrong()
    {
        var other = Log with { Root = MerkleHash.EmptyRoot };

        var wrong = Assert.IsType<ExportResult.Wrong>(Verify(Lines, other.Sign(Signer)));
        Assert.Contains("two versions", wrong.Problem);
    }

    [Fact]
    public void A_kept_checkpoint_of_another_size_cannot_judge_these_proofs() =>
        Assert.IsType<ExportResult.CannotCheck>(Verify(Lines, (Log with { Size = 299 }).Sign(Signer)));

    [Fact]
    public void A_kept_checkpoint_that_is_not_genuine_is_not_used() =>
        Assert.IsType<ExportResult.CannotCheck>(Verify(Lines, "nonsense"));

    [Fact]
    public void A_checkpoint_of_another_key_cannot_be_used() =>
        Assert.IsType<ExportResult.CannotCheck>(Verify([.. Lines[..^1], Last(Log.Sign(new LibCrypto(Name, [1, .. new byte[31]])))]));

    [Fact]
    public void A_forged_checkpoint_is_wrong()
    {
        var forged = Log.Sign(Signer).Replace($"\n{Size}\n", $"\n{Size + 1}\n", StringComparison.Ordinal);

        AssertWrong(null, 0, "not genuine", Verify([.. Lines[..^1], Last(forged)]));
    }

    [Fact]
    public void A_line_without_end_does_not_fill_memory()
    {
        var result = Verify([Lines[0], new string('x', 3_000_000), Lines[^1]]);

        AssertWrong(null, 2, "longer", result);
    }

    [Fact]
    public void Lines_of_every_length_are_read_across_buffers()
    {
        var (events, leaves) = (new List<string>(), new List<Digest>());
        for (var i = 0; i < 40; i++)
        {
            events.Add(Event(i).Replace("\"act.", $"\"{new string('y', i * 6000)}.", StringComparison.Ordinal));
            leaves.Add(MerkleHash.Leaf(DigestOf(events[i])));
        }
        var log = new Checkpoint(Name, 40, Some.Root(leaves.ToArray()));
        var lines = events.Select((text, i) => Line(i, text, DigestOf(text), [.. leaves])).Append(Last(log.Sign(Signer)));

        Assert.Equal(new ExportResult.Clean(40, log), Verify([.. lines]));
    }

    private static ExportResult Verify(string[] lines, string? kept = null) =>
        ExportVerifier.Verify(Stream(lines), Signer.Key, kept, null);

    private static void AssertWrong(long? sequence, long line, string problem, ExportResult result)
    {
        var wrong = Assert.IsType<ExportResult.Wrong>(result);
        Assert.Equal(sequence, wrong.Sequence);
        Assert.Equal(line, wrong.Line);
        Assert.Contains(problem, wrong.Problem);
    }

    /// <summary>The value of persisted_at is no part of what is signed.</summary>
    private static bool IsUnsigned(ReadOnlySpan<byte> line, int at) =>
        at > line.IndexOf("persisted_at\":"u8) + "persisted_at\":".Length && at < line.IndexOf("\",\"integrity_hash"u8);

    private static MemoryStream Stream(string[] lines) => new(Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\n"))));

    private static string Event(int i) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"id":"evt_{{i}}","action":"act.{{i}}","outcome":"success","actor":{"type":"user","id":"u","name":"Zoë"},"source_ip":"203.0.113.9","salt":"AAECAwQFBgcICQoLDA0ODw"}""");

    private static string Line(int i) => Line(i, Event(i), Digests[i]);

    private static string Line(int i, string text, Digest digest) => Line(i, text, digest, Leaves);

    private static string Line(int i, string text, Digest digest, Digest[] leaves)
    {
        var proof = Proofs.Inclusion(i, leaves.Length)
            .Select(range => $"\"{Some.Root(leaves.AsSpan((int)range.Start, (int)(range.End - range.Start))).ToBase64()}\"");
        return $"{text[..^1]},\"sequence\":{i},\"persisted_at\":\"now\",\"integrity_hash\":\"{EventHash.Text(digest)}\",\"proof\":[{string.Join(',', proof)}]}}";
    }

    private static string Last(string note) => $"{{\"checkpoint\":{JsonSerializer.Serialize(note)}}}";

    private static Digest DigestOf(string json)
    {
        Assert.True(EventHash.TryCompute(Some.Utf8(json), out var digest, out var problem), problem);
        return digest;
    }

    private sealed class Told(List<long> counts) : IProgress<long>
    {
        public void Report(long value) => counts.Add(value);
    }
}
