using System.Text.Json;

namespace Sluice.Destinations;

/// <summary>What providers have places of their own for, besides what every stream needs of an event: read from its body, whatever its profile says.</summary>
internal readonly record struct EventDetails(string Outcome, string ActorId)
{
    public bool IsSuccess => Outcome == "success";

    public static EventDetails Of(ReadOnlySpan<byte> body)
    {
        var (outcome, actor) = ("", "");
        var reader = new Utf8JsonReader(body);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("outcome"u8)) outcome = Text(ref reader);
            else if (reader.ValueTextEquals("actor"u8)) return new EventDetails(outcome, Id(ref reader));
            else reader.Skip();
        }

        return new EventDetails(outcome, actor);
    }

    private static string Id(ref Utf8JsonReader reader)
    {
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("id"u8)) return Text(ref reader);
            reader.Skip();
        }

        return "";
    }

    private static string Text(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.GetString() ?? "";
    }
}
