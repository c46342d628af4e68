using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Sluice.Ledger;

/// <summary>The digest of an event: what <c>integrity_hash</c> shows and the ledger has as its entry.</summary>
public static class EventHash
{
    internal static ReadOnlySpan<byte> Prefix => "sha256:"u8;

    /// <summary>
    /// Computes the digest of an event in profile <c>sluice</c>, as stored or as exported. <c>sequence</c>,
    /// <c>persisted_at</c>, <c>integrity_hash</c> and an export's <c>proof</c> are no part of it. The event shows either
    /// <c>salt</c> and its personal members, or <c>personal</c> in their place; the digest is the same.
    /// </summary>
    /// <param name="problem">When false: why it cannot be computed, for a person to read.</param>
    public static bool TryCompute(ReadOnlySpan<byte> eventJson, out Digest digest, out string? problem) =>
        TryCompute(eventJson, out digest, out problem, out _);

    /// <summary>
    /// Computes the digest of an event as the ledger keeps it: one that shows a sequence, a time of commit, a hash or a proof of its own is none,
    /// because whoever reads it would see them beside the true ones.
    /// </summary>
    /// <inheritdoc cref="TryCompute(ReadOnlySpan{byte}, out Digest, out string?)"/>
    public static bool TryComputeStored(ReadOnlySpan<byte> eventJson, out Digest digest, out string? problem)
    {
        if (!TryCompute(eventJson, out digest, out problem, out var members))
            return false;
        if (members.AreAny)
            problem = "It has members that only the ledger may add.";
        return problem is null;
    }

    /// <summary><c>sha256:</c> and 64 hex digits, in lower case.</summary>
    public static string Text(in Digest digest) => string.Concat("sha256:", digest.ToHex());

    public static bool TryParseText(ReadOnlySpan<byte> utf8, out Digest digest)
    {
        digest = default;
        return utf8.StartsWith(Prefix) && !utf8.ContainsAnyInRange((byte)'A', (byte)'F') && Digest.TryParseHex(utf8[Prefix.Length..], out digest);
    }

    public static bool TryParseText(string text, out Digest digest) => TryParseText(Encoding.UTF8.GetBytes(text), out digest);

    /// <param name="members">The members that stand beside the event, wherever they are in the text.</param>
    internal static bool TryCompute(ReadOnlySpan<byte> eventJson, out Digest digest, out string? problem, out LedgerMembers members)
    {
        digest = default;
        members = default;
        if (!Utf8.IsValid(eventJson))
        {
            problem = "It is not valid UTF-8.";
            return false;
        }

        var spelling = EventSpelling.Rent();
        try
        {
            digest = spelling.Digest(eventJson, out members);
            problem = null;
            return true;
        }
        catch (JsonException e)
        {
            problem = $"It is not valid JSON. {e.Message}";
            return false;
        }
        catch (FormatException e)
        {
            problem = e.Message;
            return false;
        }
        finally
        {
            spelling.Return();
        }
    }
}
