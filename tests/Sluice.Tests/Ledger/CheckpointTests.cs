using Sluice.Ledger;

namespace Sluice.Tests.Ledger;

public sealed class CheckpointTests
{
    private const string KeyText = "sluice.example/tenant-a+e43e453f+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4";
    private const string Signature =
        "\u2014 sluice.example/tenant-a 5D5FP+NBgkkifNuLBUlrHDP1g//moapLl5QODjW7BAuPv0Bdo891S8BrTeh67D87bwq5I5xGIHP0rQH3YWR0Nh/KBwg=\n";
    private const string Text = "sluice.example/tenant-a\n7\nTL2ONYSUUEANTpxMCuf3HHmtRBD5rSxiRiL/X4YXMT0=\n";
    private const string Note = Text + "\n" + Signature;
    private const string Witness =
        "\u2014 witness.example/w1 IDJKvgAAAABpVbkAI75FjrZd1y9w86i0D2A5ozMDKSSbWtnQCPIV12j1mQeTZkCr9FcoQN6GuTpTm744n4GINXSKezZ830RAdZyoCg==\n";

    private static readonly LibCrypto Signer = new("sluice.example/tenant-a", [.. Enumerable.Range(0, 32).Select(i => (byte)i)]);
    private static readonly Checkpoint Known = new("sluice.example/tenant-a", 7, Some.Tree(Some.Leaves(7)).Root());

    [Fact]
    public void The_known_key_has_the_known_text_both_ways()
    {
        Assert.Equal(KeyText, Signer.Key.Text);
        Assert.Equal(0xe43e453fu, Signer.Key.KeyId);
        Assert.True(VerifierKey.TryParse(KeyText, out var key));
        Assert.Equal(Signer.Key, key);
        Assert.Equal("03a107bff3ce10be1d70dd18e74bc09967e4d6309ba50d5f1ddc8664125531b8", Convert.ToHexStringLower(key.PublicKey));
    }

    [Fact]
    public void The_known_checkpoint_is_signed_and_opened()
    {
        Assert.Equal(Note, Known.Sign(Signer));
        Assert.Equal(Known, Checkpoint.Open(Note, Signer.Key, out var problem));
        Assert.Null(problem);
    }

    [Fact]
    public void A_published_note_verifies()
    {
        Assert.True(VerifierKey.TryParse("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k", out var key));
        Assert.True(SignedNote.TryParse(
            "This is an example message.\n\n\u2014 example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n",
            out var note));
        Assert.Equal("This is an example message.\n", note.Text);
        Assert.Equal(NoteVerdict.Verified, note.Verify(key));
    }

    [Fact]
    public void Signatures_of_unknown_keys_are_passed_over()
    {
        Assert.NotNull(Checkpoint.Open(Text + "\n" + Witness + Signature, Signer.Key, out _));
        Assert.NotNull(Checkpoint.Open(Note + string.Concat(Enumerable.Repeat(Witness, 20)), Signer.Key, out _));
        Assert.Null(Checkpoint.Open(Text + "\n" + Witness, Signer.Key, out var problem));
        Assert.Contains("not signed", problem);
    }

    [Fact]
    public void A_known_key_whose_signature_fails_spoils_the_note()
    {
        var forged = Signature.Replace("5D5FP+NB", "5D5FP+NC", StringComparison.Ordinal);

        Assert.Null(Checkpoint.Open(Text + "\n" + forged, Signer.Key, out var problem));
        Assert.Contains("signature", problem);
        Assert.Null(Checkpoint.Open(Note + forged, Signer.Key, out _));
        Assert.Null(Checkpoint.Open(Note.Replace("\n7\n", "\n8\n", StringComparison.Ordinal), Signer.Key, out _));
    }

    [Fact]
    public void A_key_does_not_vouch_for_the_log_of_another_origin()
    {
        var other = Known with { Origin = "sluice.example/tenant-b" };

        Assert.Null(Checkpoint.Open(other.Sign(Signer), Signer.Key, out var problem));
        Assert.Contains("tenant-b", problem);
    }

    [Fact]
    public void Extension_lines_are_passed_over_and_signed_with_the_rest()
    {
        Assert.Equal(Known, Checkpoint.Open(SignedNote.Sign(Text + "more\n", Signer), Signer.Key, out _));
        Assert.Null(Checkpoint.Open(SignedNote.Sign(Text + "more\n", Signer).Replace("more", "less", StringComparison.Ordinal), Signer.Key, out _));
    }

    [Theory]
    [InlineData("")]
    [InlineData("o\n7\n")]
    [InlineData("\n7\nTL2ONYSUUEANTpxMCuf3HHmtRBD5rSxiRiL/X4YXMT0=\n")]
    [InlineData("o\n07\nTL2ONYSUUEANTpxMCuf3HHmtRBD5rSxiRiL/X4YXMT0=\n")]
    [InlineData("o\n-7\nTL2ONYSUUEANTpxMCuf3HHmtRBD5rSxiRiL/X4YXMT0=\n")]
    [InlineData("o\n+7\nTL2ONYSUUEANTpxMCuf3HHmtRBD5rSxiRiL/X4YXMT0=\n")]
    [InlineData("o\n99999999999999999999\nTL2ONYSUUEANTpxMCuf3HHmtRBD5rSxiRiL/X4YXMT0=\n")]
    [InlineData("o\n7\nTL2ONYSUUEANTpxMCuf3HHmtRBD5rSxiRiL/X4YXMT1=\n")]
    [InlineData("o\n7\nTL2ONYSUUEANTpxMCuf3HHmtRBD5rSxiRiL/X4YX\n")]
    [InlineData("o\n7\nTL2ONYSUUEANTpxMCuf3HHmtRBD5rSxiRiL/X4YXMT0=")]
    [InlineData("o\n7\nTL2ONYSUUEANTpxMCuf3HHmtRBD5rSxiRiL/X4YXMT0=\n\n")]
    public void What_is_no_checkpoint_is_refused(string text) => Assert.False(Checkpoint.TryParse(text, out _));

    [Theory]
    [InlineData("")]
    [InlineData("text\n")]
    [InlineData("text\n\n")]
    [InlineData("\n\u2014 a AAAAAAE=\n")]
    [InlineData("text\n\n\u2014 a AAAAAAE=")]
    [InlineData("text\n\n- a AAAAAAE=\n")]
    [InlineData("text\n\n\u2014 a\n")]
    [InlineData("text\n\n\u2014  AAAAAAE=\n")]
    [InlineData("text\n\n\u2014 a+b AAAAAAE=\n")]
    [InlineData("text\n\n\u2014 a AAAAAA==\n")]
    [InlineData("text\n\n\u2014 a AAAAAAF=\n")]
    [InlineData("text\n\n\u2014 a AAAAAAE= \n")]
    [InlineData("text\r\n\n\u2014 a AAAAAAE=\n")]
    [InlineData("te\u0001xt\n\n\u2014 a AAAAAAE=\n")]
    [InlineData("te\u007fxt\n\n\u2014 a AAAAAAE=\n")]
    [InlineData("te\tt\n\n\u2014 a AAAAAAE=\n")]
    public void What_is_no_signed_note_is_refused(string note) => Assert.False(SignedNote.TryParse(note, out _));

    [Fact]
    public void A_lone_surrogate_is_no_text() => Assert.False(SignedNote.TryParse("te\ud800\n\n\u2014 a AAAAAAE=\n", out _));

    [Fact]
    public void A_hundred_signatures_are_read_and_no_more()
    {
        var line = "\u2014 a AAAAAAE=\n";

        Assert.True(SignedNote.TryParse("text\n\n" + string.Concat(Enumerable.Repeat(line, 100)), out var note));
        Assert.Equal(100, note.Signatures.Count);
        Assert.False(SignedNote.TryParse("text\n\n" + string.Concat(Enumerable.Repeat(line, 101)), out _));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a+b")]
    [InlineData("sluice.example/tenant-a+e43e4540+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4")]
    [InlineData("sluice.example/tenant-b+e43e453f+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4")]
    [InlineData("sluice.example/tenant-a+e43e453f+BQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4")]
    [InlineData("sluice.example/tenant-a+e43e453f+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG")]
    [InlineData("sluice example+e43e453f+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4")]
    public void What_is_no_verifier_key_is_refused(string text) => Assert.False(VerifierKey.TryParse(text, out _));

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a+b")]
    [InlineData("a\n")]
    public void A_key_needs_a_proper_name(string name) => Assert.Throws<ArgumentException>(() => new VerifierKey(name, new byte[32]));
}
