using System.Net;
using System.Net.Http.Headers;
using Sluice.Delivery;
using Sluice.Destinations.Http;
using Sluice.Streams;

namespace Sluice.Tests.Destinations.Http;

public sealed class HttpOutcomeTests
{
    [Theory]
    [InlineData(200)]
    [InlineData(202)]
    [InlineData(204)]
    public void Two_hundreds_are_deliveries(int status) => Assert.IsType<DeliveryResult.Delivered>(Of(status));

    [Theory]
    [InlineData(400)]
    [InlineData(422)]
    public void Verdicts_are_about_events(int status) => Assert.IsType<DeliveryResult.Refused>(Of(status));

    [Theory]
    [InlineData(301, ErrorClass.Server)]
    [InlineData(302, ErrorClass.Server)]
    [InlineData(401, ErrorClass.Auth)]
    [InlineData(403, ErrorClass.Auth)]
    [InlineData(404, ErrorClass.NotFound)]
    [InlineData(405, ErrorClass.Server)]
    [InlineData(408, ErrorClass.Timeout)]
    [InlineData(410, ErrorClass.NotFound)]
    [InlineData(415, ErrorClass.Server)]
    [InlineData(429, ErrorClass.Throttled)]
    [InlineData(500, ErrorClass.Server)]
    [InlineData(501, ErrorClass.Server)]
    [InlineData(503, ErrorClass.Server)]
    public void Everything_else_is_an_outage(int status, ErrorClass error) =>
        Assert.Equal(error, Assert.IsType<DeliveryResult.TryLater>(Of(status)).Class);

    [Fact]
    public void Too_large_is_split() => Assert.IsType<DeliveryResult.TooLarge>(Of(413));

    [Fact]
    public void Waits_are_read_as_seconds_or_as_a_date()
    {
        var now = new DateTimeOffset(2026, 3, 15, 8, 0, 0, TimeSpan.Zero);
        using var seconds = new HttpResponseMessage(HttpStatusCode.TooManyRequests) { Headers = { RetryAfter = new RetryConditionHeaderValue(TimeSpan.FromSeconds(7)) } };
        using var date = new HttpResponseMessage(HttpStatusCode.TooManyRequests) { Headers = { RetryAfter = new RetryConditionHeaderValue(now.AddMinutes(3)) } };
        using var past = new HttpResponseMessage(HttpStatusCode.TooManyRequests) { Headers = { RetryAfter = new RetryConditionHeaderValue(now.AddMinutes(-3)) } };

        Assert.Equal(TimeSpan.FromSeconds(7), RetryAfter.Of(seconds, now));
        Assert.Equal(TimeSpan.FromMinutes(3), RetryAfter.Of(date, now));
        Assert.Null(RetryAfter.Of(past, now));
    }

    private static DeliveryResult Of(int status) => HttpOutcome.Of(new HttpAnswer(status, "", null, 0));
}
