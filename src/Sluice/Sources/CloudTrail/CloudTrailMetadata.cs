using System.Text.Json;

namespace Sluice.Sources.CloudTrail;

/// <summary>
/// Everything that the event does not hold elsewhere, under its original name: event and metadata together tell the whole record. Personal data stands
/// in the event's personal members only, so that erasing them erases it here too.
/// </summary>
internal static class CloudTrailMetadata
{
    public static void Write(Utf8JsonWriter writer, JsonElement record)
    {
        writer.WriteStartObject("metadata"u8);
        Members(writer, record, except: IsElsewhere);
        writer.WriteEndObject();
    }

    /// <summary>An event's time is written as nanoseconds in UTC; CloudTrail's usual spelling can be had back from that, others are kept.</summary>
    public static bool IsUsualTime(string time) => time.Length == 20 && time[^1] == 'Z' && time[10] == 'T';

    private static bool IsElsewhere(JsonProperty member) => member.Name switch
    {
        "eventID" or "sourceIPAddress" or "userAgent" or "requestID" => IsText(member),
        "eventTime" => IsText(member) && IsUsualTime(member.Value.GetString()!),
        _ => false,
    };

    private static bool IsElsewhereInIdentity(JsonProperty member) => member.Name is "userName" or "accessKeyId" && IsText(member);

    private static bool IsText(JsonProperty member) => member.Value.ValueKind == JsonValueKind.String && !member.Value.ValueEquals(""u8);

    private static void Members(Utf8JsonWriter writer, JsonElement parent, Func<JsonProperty, bool> except)
    {
        foreach (var member in parent.EnumerateObject())
        {
            if (except(member)) continue;
            writer.WritePropertyName(member.Name);
            if (member is { Name: "userIdentity", Value.ValueKind: JsonValueKind.Object }) Identity(writer, member.Value);
            else ExactJson.Write(writer, member.Value);
        }
    }

    private static void Identity(Utf8JsonWriter writer, JsonElement identity)
    {
        writer.WriteStartObject();
        Members(writer, identity, except: IsElsewhereInIdentity);
        writer.WriteEndObject();
    }
}
