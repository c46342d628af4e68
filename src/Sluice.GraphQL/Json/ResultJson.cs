using System.Text.Json;
using Sluice.GraphQL.Language;

namespace Sluice.GraphQL.Json;

/// <summary>Answers as the specification's chapter on responses has them.</summary>
public static class ResultJson
{
    public static void Write(Utf8JsonWriter writer, GraphQLResult result)
    {
        writer.WriteStartObject();
        if (result.WasExecuted)
        {
            writer.WritePropertyName("data");
            JsonValues.Write(writer, result.Data);
        }

        if (result.Errors.Count > 0)
        {
            writer.WriteStartArray("errors");
            foreach (var error in result.Errors) Write(writer, error);
            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, GraphQLError error)
    {
        writer.WriteStartObject();
        writer.WriteString("message", error.Message);
        if (error.Locations.Count > 0) Write(writer, error.Locations);
        if (error.Path is not null) WriteMember(writer, "path", error.Path);
        if (error.Extensions is not null) WriteMember(writer, "extensions", error.Extensions);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, IReadOnlyList<Location> locations)
    {
        writer.WriteStartArray("locations");
        foreach (var (line, column) in locations)
        {
            writer.WriteStartObject();
            writer.WriteNumber("line", line);
            writer.WriteNumber("column", column);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteMember(Utf8JsonWriter writer, string name, object value)
    {
        writer.WritePropertyName(name);
        JsonValues.Write(writer, value);
    }
}
