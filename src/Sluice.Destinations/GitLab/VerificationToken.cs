using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Sluice.Delivery.Definitions;

namespace Sluice.Destinations.GitLab;

/// <summary>
/// What a receiver knows its sender by. Admins see it, since they have to tell the receiver; it is kept encrypted, and out of logs and errors.
/// It is the destination's for life: receivers that trust it must never find another sender behind it.
/// </summary>
[JsonConverter(typeof(Converter))]
public sealed class VerificationToken(string text) : IPartlySecret
{
    public const int Shortest = 16;
    public const int Longest = 24;

    private const string Letters = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz123456789";

    public IEnumerable<string> Secrets => [text];

    public bool IsForAdmins => true;

    public static VerificationToken New() => new(RandomNumberGenerator.GetString(Letters, Longest));

    public string Reveal() => text;

    public IPartlySecret Over(IPartlySecret? previous)
    {
        if (previous is not VerificationToken before) return this;
        return text == Sluice.Secrets.Secret.Mask || text == before.Reveal() ? before : throw Fixed();
    }

    public void Clear() => throw Fixed();

    public JsonNode Whole() => JsonValue.Create(text);

    public override string ToString() => Sluice.Secrets.Secret.Mask;

    private static DefinitionException Fixed() =>
        DefinitionException.Value("verification_token", "A destination keeps its verification_token: leave the member out, or set up another destination.");

    private sealed class Converter : JsonConverter<VerificationToken>
    {
        public override VerificationToken Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String ? new VerificationToken(reader.GetString()!) : throw new JsonException("Expected a string.");

        public override void Write(Utf8JsonWriter writer, VerificationToken token, JsonSerializerOptions options) => writer.WriteStringValue(token.Reveal());
    }
}
