using System.Net;
using System.Text.Json.Nodes;

namespace Sluice.EndToEnd.Running;

/// <summary>An answer, read whole.</summary>
internal sealed record Answer(HttpStatusCode Status, string Text, string? RetryAfter)
{
    public JsonNode Json => JsonNode.Parse(Text)!;

    /// <summary>What programs rely on: a word, or in some dialects a number.</summary>
    public string? Code => Json["code"]?.ToString();

    public bool IsSuccess => (int)Status is >= 200 and < 300;

    public Answer Expect(int status)
    {
        Assert.True((int)Status == status, $"Expected {status}, got {(int)Status}: {Text}");
        return this;
    }
}
