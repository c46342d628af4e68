using System.ComponentModel;
using Sluice.Delivery;
using Sluice.Delivery.Definitions;
using Sluice.Destinations.Http;
using Sluice.Secrets;

namespace Sluice.Destinations.Elastic;

public sealed record ElasticSettings : HttpSettings
{
    private const int Longest = 255;

    [Description("An API key, encoded as Elasticsearch shows it, or as `id:api_key`.")]
    public Secret? Token { get; init; }

    [Description("In place of a token.")]
    public string? Username { get; init; }

    [Description("The password of `username`.")]
    public Secret? Password { get; init; }

    [Description("The index or data stream that events go to; default `sluice-audit`.")]
    public string Index { get; init; } = "sluice-audit";

    [Description("The ingest pipeline that events pass; default: the index's own.")]
    public string? Pipeline { get; init; }

    /// <summary>What basic authentication encodes.</summary>
    public override IEnumerable<string> HiddenTexts() => Username is not null && Password is not null ? [$"{Username}:{Password.Reveal()}"] : [];

    private bool HasOwnAuthorization => Endpoint.UserInfo is not null || Headers.Active.Any(header => header.Name.Equals("Authorization", StringComparison.OrdinalIgnoreCase));

    public override void Check(DeliverySettings delivery)
    {
        base.Check(delivery);
        CheckCredentials();
        if (!IsIndex(Index)) throw DefinitionException.Value("index", "index is the name of an index or data stream: at most 255 bytes, lower-case, without blanks and \\ / * ? \" < > | , # :, and not beginning with - _ or +.");
        if (Pipeline is not null && (Pipeline.Length is 0 or > Longest || Pipeline.Any(char.IsControl))) throw DefinitionException.Value("pipeline", $"pipeline has 1 to {Longest} characters.");
        if (Pipeline is not null && Endpoint.HasPath) throw DefinitionException.Value("pipeline", "The endpoint has a path of its own and is used as given: put ?pipeline=… there.");
    }

    private void CheckCredentials()
    {
        if (Token is not null && Username is not null) throw DefinitionException.Value("username", "Give a token, or username and password, not both.");
        if (Token is not null && Password is not null) throw DefinitionException.Value("password", "Give a token, or username and password, not both.");
        if (Username is null && Password is not null) throw DefinitionException.Missing("username");
        if (Username is not null && Password is null) throw DefinitionException.Missing("password");
        if (Username is { Length: 0 } || Username?.Contains(':') == true) throw DefinitionException.Value("username", "username must not be empty, and has no colon.");
        if (Token is not null && (Token.Reveal().Length == 0 || !CustomHeader.IsValue(Token.Reveal()))) throw DefinitionException.Value("token", "token must be printable ASCII.");
        if (Token is null && Username is null && !HasOwnAuthorization) throw new DefinitionException("missing_field", "token", "token is required, or username and password.");
    }

    private static bool IsIndex(string name) =>
        name.Length > 0 && System.Text.Encoding.UTF8.GetByteCount(name) <= Longest && name[0] is not ('-' or '_' or '+') && name is not ("." or "..")
        && !name.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || char.IsUpper(c) || "\\/*?\"<>|,#:".Contains(c));
}
