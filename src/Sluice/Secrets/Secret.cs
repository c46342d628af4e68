using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sluice.Secrets;

/// <summary>A credential: it can be used, and cannot be printed, logged or serialized.</summary>
[JsonConverter(typeof(Converter))]
public sealed class Secret(string value) : IEquatable<Secret>
{
    /// <summary>What every secret looks like from outside.</summary>
    public const string Mask = "***";

    public string Reveal() => value;

    public override string ToString() => Mask;

    public bool Equals(Secret? other) => other is not null && other.Reveal() == value;

    public override bool Equals(object? obj) => Equals(obj as Secret);

    public override int GetHashCode() => value.GetHashCode(StringComparison.Ordinal);

    private sealed class Converter : JsonConverter<Secret>
    {
        public override Secret Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String ? new Secret(reader.GetString()!) : throw new JsonException("Expected a string.");

        public override void Write(Utf8JsonWriter writer, Secret secret, JsonSerializerOptions options) => writer.WriteStringValue(Mask);
    }
}
