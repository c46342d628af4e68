namespace Sluice.Destinations.Http;

/// <summary>What a destination answered to one request.</summary>
/// <param name="Text">The beginning of its body.</param>
/// <param name="SentBytes">Bytes of the request's body, as they left.</param>
internal sealed record HttpAnswer(int Status, string Text, TimeSpan? RetryAfter, long SentBytes)
{
    public bool IsSuccess => Status is >= 200 and < 300;
}
