using System.Globalization;
using System.Text.Json;
using Sluice.Delivery;
using Sluice.Destinations.Http;
using Sluice.Streams;

namespace Sluice.Destinations.GoogleCloudLogging;

/// <summary>
/// What an answer to <c>entries:write</c> says. With <c>partialSuccess</c>, an error that names entries has written all others; one that names none
/// has written nothing.
/// </summary>
internal static class GoogleCloudLoggingAnswer
{
    private const string PartialErrors = "type.googleapis.com/google.logging.v2.WriteLogEntriesPartialErrors";

    public static DeliveryResult Read(HttpAnswer answer, int entries)
    {
        if (answer.IsSuccess) return HttpOutcome.Of(answer);
        var errors = Errors(answer.Text, entries);
        if (errors.Count == 0) return HttpOutcome.Of(answer);
        if (errors.FirstOrDefault(error => !IsVerdict(error.Code)) is { Message: not null } passing)
            return HttpOutcome.With(answer, new DeliveryResult.TryLater($"An entry was not written: {passing.Message}", Class(passing.Code), answer.RetryAfter));
        return HttpOutcome.With(answer, new DeliveryResult.PartlyRefused([.. errors.Select(error => new RefusedEvent(error.Index, error.Message))]));
    }

    /// <summary>INVALID_ARGUMENT, FAILED_PRECONDITION and OUT_OF_RANGE are about the entry; everything else about the place or the moment.</summary>
    private static bool IsVerdict(int code) => code is 3 or 9 or 11;

    private static ErrorClass Class(int code) => code switch
    {
        7 or 16 => ErrorClass.Auth,
        5 => ErrorClass.NotFound,
        8 => ErrorClass.Throttled,
        4 => ErrorClass.Timeout,
        _ => ErrorClass.Server,
    };

    private static IReadOnlyList<EntryError> Errors(string text, int entries)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            var details = document.RootElement.GetProperty("error").GetProperty("details");
            return [.. details.EnumerateArray().Where(IsPartial).SelectMany(detail => detail.GetProperty("logEntryErrors").EnumerateObject()).Select(ErrorOf).Where(error => error.Index >= 0 && error.Index < entries)];
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            return [];
        }
    }

    private static bool IsPartial(JsonElement detail) => detail.TryGetProperty("@type", out var type) && type.ValueEquals(PartialErrors);

    private static EntryError ErrorOf(JsonProperty error) => new(
        int.Parse(error.Name, NumberStyles.None, CultureInfo.InvariantCulture),
        error.Value.TryGetProperty("code", out var code) ? code.GetInt32() : 0,
        error.Value.TryGetProperty("message", out var message) ? message.GetString() ?? "" : "");

    private readonly record struct EntryError(int Index, int Code, string Message);
}
