using System.Text.Json;

namespace Sluice.Tests.Server;

internal sealed record Answer(int Status, string? ContentType, string Text, IReadOnlyDictionary<string, string> Headers)
{
    public JsonElement Json => JsonDocument.Parse(Text).RootElement;

    public string? this[string member] => Json.GetProperty(member) is { ValueKind: JsonValueKind.String } text ? text.GetString() : Json.GetProperty(member).GetRawText();

    public static async Task<Answer> OfAsync(HttpResponseMessage response) => new(
        (int)response.StatusCode,
        response.Content.Headers.ContentType?.MediaType,
        await response.Content.ReadAsStringAsync(),
        response.Headers.Concat(response.Content.Headers).ToDictionary(header => header.Key, header => string.Join(",", header.Value), StringComparer.OrdinalIgnoreCase));

    public void IsProblem(int status, string code, string? field = null)
    {
        Assert.Equal((status, code, "application/problem+json"), (Status, this["code"], ContentType));
        Assert.Equal(status, Json.GetProperty("status").GetInt32());
        Assert.Equal(Headers["X-Request-Id"], this["request_id"]);
        if (field is not null) Assert.Equal(field, this["field"]);
    }
}
