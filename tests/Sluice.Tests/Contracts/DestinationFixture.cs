using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sluice.Emulators;
using Sluice.Tests.Fakes;

namespace Sluice.Tests.Contracts;

/// <summary>What the contract suite must know about a kind to try it.</summary>
public abstract class DestinationFixture
{
    /// <summary>The clock that the destination sees.</summary>
    public TimeProvider Time { get; set; } = TimeProvider.System;

    /// <summary>The kind's members for a destination at this address, with credentials among them.</summary>
    public abstract JsonObject Settings(string endpoint);

    /// <summary>Every credential in the settings.</summary>
    public abstract IReadOnlyList<string> Secrets { get; }

    /// <summary>The events of a request, in order.</summary>
    public abstract IReadOnlyList<JsonElement> Events(byte[] body);

    public virtual Reply Accepted => new(200, "{}");

    /// <summary>How the receiver says that something in the request is refused for good.</summary>
    public virtual Reply Refused => new(400, "there is something wrong with an event");

    /// <summary>How the provider says that a key is not valid any more.</summary>
    public virtual Reply ExpiredKey => new(401);

    /// <summary>Whether requests may be compressed.</summary>
    public virtual bool TakesGzip => true;

    /// <summary>Members that the kind adds to an event.</summary>
    public virtual IReadOnlyList<string> AddedMembers => [];

    public virtual int MostEvents => 1_000;

    public virtual int MostBytes => 1_000_000;

    /// <summary>Whether a request brings events; others, such as one for a token, are no deliveries.</summary>
    public virtual bool IsDelivery(ReceivedRequest request) => true;

    /// <summary>Whether a request's body is compressed, in the way that this provider is told so.</summary>
    public virtual bool IsCompressed(ReceivedRequest request) => request.Headers.GetValueOrDefault("Content-Encoding") == "gzip";

    /// <summary>How the provider answers while nothing is wrong with it, but with these events.</summary>
    public virtual Reply Answer(ReceivedRequest request, IReadOnlySet<string> poison) => Ids(request).Any(poison.Contains) ? Refused : Accepted;

    /// <summary>The ids that the provider took with a request.</summary>
    public virtual IReadOnlyList<string> Taken(ReceivedRequest request, Reply reply) => reply.IsSuccess && IsDelivery(request) ? Ids(request) : [];

    internal IReadOnlyList<string> Ids(ReceivedRequest request) => [.. Events(request.Body).Select(sent => sent.GetProperty("id").GetString()!)];

    protected static IReadOnlyList<JsonElement> Concatenated(byte[] body)
    {
        var elements = new List<JsonElement>();
        var reader = new Utf8JsonReader(body, new JsonReaderOptions { AllowMultipleValues = true });
        while (reader.Read()) elements.Add(JsonElement.ParseValue(ref reader));
        return elements;
    }

    protected static string Text(byte[] body) => Encoding.UTF8.GetString(body);
}
