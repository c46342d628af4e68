using System.Collections;
using System.Text.Json;

namespace Sluice.GraphQL.Json;

/// <summary>Between JSON and the values that requests and answers have.</summary>
public static class JsonValues
{
    /// <exception cref="FormatException">A number is larger than any that can be answered.</exception>
    public static object? Read(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => ReadObject(json),
        JsonValueKind.Array => json.EnumerateArray().Select(Read).ToList(),
        JsonValueKind.String => json.GetString(),
        JsonValueKind.Number => json.TryGetInt64(out var whole) ? whole : Finite(json.GetDouble()),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    public static OrderedDictionary<string, object?> ReadObject(JsonElement json)
    {
        var members = new OrderedDictionary<string, object?>();
        foreach (var member in json.EnumerateObject()) members[member.Name] = Read(member.Value);
        return members;
    }

    public static void Write(Utf8JsonWriter writer, object? value)
    {
        switch (value)
        {
            case null: writer.WriteNullValue(); break;
            case string text: writer.WriteStringValue(text); break;
            case bool boolean: writer.WriteBooleanValue(boolean); break;
            case int whole: writer.WriteNumberValue(whole); break;
            case long whole: writer.WriteNumberValue(whole); break;
            case double number: writer.WriteNumberValue(number); break;
            case IReadOnlyDictionary<string, object?> members: WriteObject(writer, members); break;
            case IEnumerable items: WriteList(writer, items); break;
            default: throw new ArgumentException($"{value.GetType()} has no place in an answer.");
        }
    }

    private static double Finite(double number) => double.IsFinite(number) ? number : throw new FormatException("A number is too large.");

    private static void WriteObject(Utf8JsonWriter writer, IReadOnlyDictionary<string, object?> members)
    {
        writer.WriteStartObject();
        foreach (var (name, member) in members)
        {
            writer.WritePropertyName(name);
            Write(writer, member);
        }

        writer.WriteEndObject();
    }

    private static void WriteList(Utf8JsonWriter writer, IEnumerable items)
    {
        writer.WriteStartArray();
        foreach (var item in items) Write(writer, item);
        writer.WriteEndArray();
    }
}
