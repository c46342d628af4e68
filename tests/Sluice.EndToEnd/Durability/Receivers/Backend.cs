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

    /// <summary>Objects in a row, with or without line ends between.</summary>
    protected static IEnumerable<JsonNode> Objects(ReadOnlyMemory<byte> text)
    {
        var documents = new List<JsonNode>();
        var reader = new Utf8JsonReader(text.Span, new JsonReaderOptions { AllowMultipleValues = true });
        while (reader.Read()) documents.Add(JsonNode.Parse(ref reader)!);
        return documents;
    }
}
