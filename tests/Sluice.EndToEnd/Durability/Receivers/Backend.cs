using System.Text.Json;
using System.Text.Json.Nodes;
using Sluice.Emulators;

namespace Sluice.EndToEnd.Durability.Receivers;

/// <summary>What one kind's receiver makes of requests, and what it keeps. Its calls never overlap.</summary>
/// <param name="badness">How many of 100 requests it treats badly when it has moods.</param>
/// <param name="keepsOrder">Its events come in order of sequence: one request at a time is on its way.</param>
internal abstract class Backend(int badness = 10, bool keepsOrder = true)
{
    public int Badness => badness;

    public DeliveryRecord Record { get; } = new(keepsOrder);

    /// <summary>Whether it fails in ways of its own too, such as for some events of a request.</summary>
    public bool IsMoody { get; set; }

    /// <summary>The destination that sends here, as its user sets it up.</summary>
    public abstract JsonObject Destination(string address);

    /// <summary>The events of a request; none when it is a question.</summary>
    public abstract IReadOnlyList<long> SequencesOf(ReceivedRequest request);

    /// <summary>Keeps what was read, and confirms it in the record before the answer is given.</summary>
    public abstract Reply Take(ReceivedRequest request, IReadOnlyList<long> sequences);

    /// <summary>It has each of these events once, where its kind can have it so.</summary>
    public virtual void MustHold(long events)
    {
    }

    /// <summary>The number <c>sequence</c> of each object in a row of them, with or without line ends between; objects that have none are passed over.</summary>
    /// <param name="depth">How deep it stands.</param>
    protected static IReadOnlyList<long> Sequences(ReadOnlySpan<byte> text, int depth = 1)
    {
        var found = new List<long>();
        var reader = new Utf8JsonReader(text, new JsonReaderOptions { AllowMultipleValues = true });
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName || reader.CurrentDepth != depth || !reader.ValueTextEquals("sequence"u8)) continue;
            reader.Read();
            found.Add(reader.GetInt64());
        }

        return found;
    }
}
