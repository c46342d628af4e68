using System.Globalization;
using System.Text.Json;
using Sluice.Delivery;
using Sluice.Destinations.Http;

namespace Sluice.Destinations.Otlp;

/// <summary>
/// What an OTLP receiver says. A 200 may reject some records: it tells how many and never which, and they must not be sent again by themselves. So all
/// that were sent together become dead letters, where a person sees them: an event too many there, and none too few.
/// </summary>
internal static class OtlpAnswer
{
    public static DeliveryResult Read(HttpAnswer answer, int records)
    {
        if (!answer.IsSuccess || Rejected(answer.Text) is not (> 0 and var rejected, var message)) return HttpOutcome.Of(answer);
        var tookSome = rejected < records;
        var reason = tookSome
            ? $"Perhaps rejected: of {records} log records sent together the receiver rejected {rejected} and does not say which: {message}"
            : $"The receiver rejected it: {message}";
        return HttpOutcome.With(answer, new DeliveryResult.PartlyRefused([.. Enumerable.Range(0, records).Select(i => new RefusedEvent(i, reason))]) { Taken = tookSome ? records - (int)rejected : 0 });
    }

    private static (long Count, string Message)? Rejected(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            var partial = document.RootElement.GetProperty("partialSuccess");
            var message = partial.TryGetProperty("errorMessage", out var given) ? given.GetString() ?? "" : "";
            return partial.TryGetProperty("rejectedLogRecords", out var count) ? (Number(count), message) : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException or FormatException or OverflowException)
        {
            return null;
        }
    }

    /// <summary>OTLP spells 64-bit numbers as strings; some receivers do not.</summary>
    private static long Number(JsonElement count) =>
        count.ValueKind == JsonValueKind.String ? long.Parse(count.GetString()!, NumberStyles.None, CultureInfo.InvariantCulture) : count.GetInt64();
}
