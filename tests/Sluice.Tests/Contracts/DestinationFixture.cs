using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sluice.Tests.Fakes;

namespace Sluice.Tests.Contracts;

/// <summary>What the contract suite must know about a kind to try it.</summary>
public abstract class DestinationFixture
{
    /// <summary>The kind's members for a destination at this address, with credentials among them.</summary>
    public abstract JsonObject Settings(string endpoint);

    /// <summary>Every credential in the settings.</summary>
    public abstract IReadOnlyList<string> Secrets { get; }

    /// <summary>The events of a request, in order.</summary>
    public abstract IReadOnlyList<JsonElement> Events(byte[] body);

    public virtual Reply Accepted => new(200, "{}");

    /// <summary>How the receiver says that something in the request is refused for good.</summary>
    public virtual Reply Refused => new(400, "there is something wrong with an event");

    public virtual int MostEvents => 1_000;

    public virtual int MostBytes => 1_000_000;

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
