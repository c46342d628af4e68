using System.Globalization;
using System.Text;
using System.Text.Json;
using Sluice.Delivery;
using Sluice.Destinations.Http;
using Sluice.Destinations.Objects;
using Sluice.Events;

namespace Sluice.Destinations.S3;

/// <summary>Names of objects. They come from the batch and the settings alone, so that a retry has the same one.</summary>
internal static class S3Name
{
    private const int LongestType = 128;

    /// <param name="tenantId">The destination's tenant; without one, two events may have the same id.</param>
    public static string Of(EventBatch batch, S3Settings settings, string? tenantId, string digest)
    {
        var name = settings.Layout == S3Layout.Gitlab ? OfEvent(batch[0], tenantId) : OfBatch(batch, digest);
        if (settings.Compression == HttpCompression.Gzip) name += ".gz";
        return ObjectPrefix.Join(settings.Prefix, batch.Folder, name);
    }

    /// <summary>Folders by the time at which the first event was committed, UTC. That time never goes back along the sequence, so names sort in its order.</summary>
    private static string OfBatch(EventBatch batch, string digest)
    {
        var time = Timestamp.Text(batch[0].Stored.PersistedAt);
        return $"date={time[..10]}/hour={time[11..13]}/{batch.First:D20}-{batch.Last:D20}-{digest}.ndjson";
    }

    /// <summary>GitLab's form, with the event's own time where GitLab has the time of sending, which is another one on every attempt.</summary>
    private static string OfEvent(OutgoingEvent sent, string? tenantId)
    {
        var head = sent.Head;
        if (!Timestamp.TryParse(head.Timestamp, out var time)) time = sent.Stored.PersistedAt;
        var day = Timestamp.Text(time);
        var id = Encoding.UTF8.GetString(head.Id);
        if (tenantId is null) id = $"{Word(Encoding.UTF8.GetString(head.TenantId), "._:@-")}:{id}";
        var milliseconds = (time / 1_000_000).ToString(CultureInfo.InvariantCulture);
        return $"{EntityType(sent.Stored.Body)}/{day[..4]}/{day[5..7]}/{Word(Encoding.UTF8.GetString(head.Action), "._-")}_{id}_{milliseconds}.json";
    }

    private static string EntityType(ReadOnlyMemory<byte> body)
    {
        using var document = JsonDocument.Parse(body);
        var type = document.RootElement.TryGetProperty("resource", out var resource) && resource.TryGetProperty("type", out var given) && given.ValueKind == JsonValueKind.String
            ? given.GetString()!
            : "";
        return type switch
        {
            "" => "unspecified",
            "Gitlab::Audit::InstanceScope" => "instance",
            "Namespaces::UserNamespace" => "user",
            _ => Word(type.ToLowerInvariant(), ""),
        };
    }

    private static string Word(string text, string alsoKept)
    {
        var word = string.Concat(text.Take(LongestType).Select(c => char.IsAsciiLetterOrDigit(c) || alsoKept.Contains(c) ? c : '_'));
        return word is "." or ".." ? "_" : word;
    }
}
