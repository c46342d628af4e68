using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Sluice.Delivery.Definitions;
using Sluice.Secrets;

namespace Sluice.Destinations.Gcs.Changefeeds;

/// <summary>A changefeed's SQL, or its sink's URI, as a user pasted it. The key in it is secret, the rest is shown.</summary>
[JsonConverter(typeof(Converter))]
public sealed class Changefeed : IPartlySecret
{
    private const int Longest = 65_536;

    private readonly string _text;

    private Changefeed(string text) => (_text, Statement) = (text, ChangefeedParser.Parse(text));

    internal ChangefeedStatement Statement { get; }

    public IEnumerable<string> Secrets => Statement.Sink.Credentials is { } credentials ? [Key, Uri.UnescapeDataString(Key), credentials] : [];

    private string Key => _text[Statement.Sink.Key!.Value];

    private bool IsMasked => Statement.Sink is { Key: not null, Credentials: null };

    /// <exception cref="DefinitionException">It cannot be understood.</exception>
    public static Changefeed Parse(string text) => text.Length <= Longest
        ? new Changefeed(text)
        : throw DefinitionException.Value("changefeed", $"changefeed has at most {Longest} characters.");

    public IPartlySecret Over(IPartlySecret? previous)
    {
        if (!IsMasked) return this;
        if (previous is Changefeed { Statement.Sink.Credentials: not null } before) return Parse(WithKey(before.Key));
        throw new SourceText(_text).Error(Statement.Sink.Key!.Value.Start.Value, "There is no key yet that *** could stand for.", "the service account's key file in base64");
    }

    public JsonNode Whole() => JsonValue.Create(_text);

    /// <summary>The text with its key masked.</summary>
    public override string ToString() => Statement.Sink.Key is null ? _text : WithKey(Secret.Mask);

    private string WithKey(string key)
    {
        var (from, to) = (Statement.Sink.Key!.Value.Start.Value, Statement.Sink.Key!.Value.End.Value);
        return $"{_text[..from]}{key}{_text[to..]}";
    }

    private sealed class Converter : JsonConverter<Changefeed>
    {
        public override Changefeed Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String ? Parse(reader.GetString()!) : throw new JsonException("Expected a string.");

        public override void Write(Utf8JsonWriter writer, Changefeed changefeed, JsonSerializerOptions options) => writer.WriteStringValue(changefeed.ToString());
    }
}
