using System.Text.Json;
using Sluice.Delivery;
using Sluice.Destinations.Http;
using Sluice.Streams;

namespace Sluice.Destinations.Elastic;

/// <summary>Reads what <c>_bulk</c> says of each event: its 200 means only that the request was read.</summary>
internal static class ElasticAnswer
{
    /// <summary>Said with 400 of an item, but about the index or the pipeline: no event is to blame.</summary>
    private static readonly string[] NotOfTheEvent = ["index_closed_exception", "invalid_index_name_exception", "pipeline with id [", "no write index is defined"];

    public static DeliveryResult Read(HttpAnswer answer, int count)
    {
        if (!answer.IsSuccess) return HttpOutcome.Of(answer);
        if (Items(answer.Text) is not { } items || items.Count != count)
            return HttpOutcome.With(answer, new DeliveryResult.TryLater("Its answer does not say what became of each event.", ErrorClass.Server));
        return HttpOutcome.With(answer, Judge(items));
    }

    /// <summary>While one event must come later all are sent again: those that were taken are known by their ids.</summary>
    private static DeliveryResult Judge(IReadOnlyList<Item> items)
    {
        var refused = new List<RefusedEvent>();
        for (var i = 0; i < items.Count; i++)
        {
            if (items[i].IsTaken) continue;
            if (!IsRefused(items[i])) return new DeliveryResult.TryLater($"It answered {items[i].Status} for an event: {items[i].Error}", Class(items[i]));
            refused.Add(new RefusedEvent(i, $"It answered {items[i].Status}: {items[i].Error}"));
        }

        return refused.Count > 0 ? new DeliveryResult.PartlyRefused(refused) : new DeliveryResult.Delivered { Remark = Remark(items.Count(item => item.IsSetApart)) };
    }

    private static string? Remark(int setApart) =>
        setApart == 0 ? null : $"Elasticsearch put {setApart} of these events into the failure store of the data stream: it could not index them.";

    private static bool IsRefused(Item item) =>
        item.Status is >= 400 and < 500 and not (401 or 403 or 404 or 408 or 429) && !NotOfTheEvent.Any(text => item.Error.Contains(text, StringComparison.Ordinal));

    private static ErrorClass Class(Item item) => item.Status switch
    {
        401 => ErrorClass.Auth,
        403 when item.Error.Contains("security_exception", StringComparison.Ordinal) => ErrorClass.Auth,   // otherwise an index that is read-only, as when a disk is full
        400 or 404 => ErrorClass.NotFound,
        429 => ErrorClass.Throttled,
        _ => ErrorClass.Server,
    };

    private static List<Item>? Items(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return [.. document.RootElement.GetProperty("items").EnumerateArray().Select(item => Item.Of(item.EnumerateObject().First().Value))];
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            return null;
        }
    }

    /// <param name="IsSetApart">It is kept, but in the failure store.</param>
    private readonly record struct Item(int Status, string Error, bool IsSetApart)
    {
        /// <summary>Created now, or there already: an earlier sending arrived.</summary>
        public bool IsTaken => Status is (>= 200 and < 300) or 409;

        public static Item Of(JsonElement result) => new(result.GetProperty("status").GetInt32(), result.TryGetProperty("error", out var error) ? Describe(error) : "", Text(result, "failure_store") == "used");

        private static string Describe(JsonElement error) => error.ValueKind != JsonValueKind.Object ? error.ToString() : $"{Text(error, "type")}: {Text(error, "reason")}";

        private static string? Text(JsonElement error, string name) => error.TryGetProperty(name, out var value) ? value.ToString() : null;
    }
}
