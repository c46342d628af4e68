using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Sluice.Delivery.Definitions;
using Sluice.Secrets;

namespace Sluice.Destinations.Http;

/// <summary>An <c>http</c> or <c>https</c> URL. What stands in its user info and its query values is secret: receivers are often told their token there.</summary>
[JsonConverter(typeof(Converter))]
public sealed class Endpoint : IPartlySecret
{
    private const int Longest = 2_048;
    private const int Shortest = 4;

    private readonly string _text;

    private Endpoint(string text, Uri address) => (_text, Address) = (text, address);

    /// <summary>Where to connect and what to ask for; user info travels as a header.</summary>
    public Uri Address { get; }

    public string? UserInfo => Address.UserInfo.Length == 0 ? null : Uri.UnescapeDataString(Address.UserInfo);

    public bool HasPath => Address.AbsolutePath.Length > 1 || Address.Query.Length > 0;

    /// <summary>Short values are no secrets: taking <c>v=1</c> out of every text would spoil it and hide nothing.</summary>
    public IEnumerable<string> Secrets => UserParts().Concat(QueryValues()).SelectMany(part => new[] { part, Uri.UnescapeDataString(part) }).Where(part => part.Length >= Shortest);

    public static Endpoint Parse(string text)
    {
        if (text.Length > Longest || !Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Host.Length == 0 || uri.Fragment.Length > 0
            || (uri.Scheme != Uri.UriSchemeHttps && uri.Scheme != Uri.UriSchemeHttp) || text.Any(char.IsControl))
            throw new FormatException($"Expected an https:// URL of at most {Longest} characters, without a fragment.");
        return new Endpoint(text, uri);
    }

    /// <summary>The URL with a path added when it has none of its own.</summary>
    public Uri WithPath(string path) => HasPath ? Address : new Uri(Address, path);

    public IPartlySecret Over(IPartlySecret? previous) => previous is Endpoint before && before.ToString() == _text ? before : this;

    public JsonNode Whole() => JsonValue.Create(_text);

    /// <summary>The URL with its secrets masked.</summary>
    public override string ToString()
    {
        if (Address.UserInfo.Length == 0 && Address.Query.Length <= 1) return _text;
        var user = Address.UserInfo.Length == 0 ? "" : $"{Secret.Mask}@";
        var names = Address.Query.TrimStart('?').Split('&').Select(pair => pair.Contains('=') ? $"{pair[..pair.IndexOf('=')]}={Secret.Mask}" : Secret.Mask);
        var query = Address.Query.Length <= 1 ? "" : $"?{string.Join('&', names)}";
        return $"{Address.Scheme}://{user}{Address.Authority}{Address.AbsolutePath}{query}";
    }

    private IEnumerable<string> UserParts() => Address.UserInfo.Split(':', 2).Append(Address.UserInfo);

    private IEnumerable<string> QueryValues() => Address.Query.TrimStart('?').Split('&').Select(pair => pair[(pair.IndexOf('=') + 1)..]).Where(value => value.Length > 0);

    private sealed class Converter : JsonConverter<Endpoint>
    {
        public override Endpoint Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
        {
            if (reader.TokenType != JsonTokenType.String) throw new JsonException("Expected a string.");
            try
            {
                return Parse(reader.GetString()!);
            }
            catch (FormatException exception)
            {
                throw new JsonException(exception.Message);
            }
        }

        public override void Write(Utf8JsonWriter writer, Endpoint endpoint, JsonSerializerOptions options) => writer.WriteStringValue(endpoint.ToString());
    }
}
