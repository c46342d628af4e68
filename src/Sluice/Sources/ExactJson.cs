using System.Runtime.InteropServices;
using System.Text.Json;
using Sluice.Ledger;

namespace Sluice.Sources;

/// <summary>Copies JSON so that acceptance takes it: numbers that a 64-bit float would change become strings of their digits.</summary>
internal static class ExactJson
{
    public static void Write(Utf8JsonWriter writer, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var member in value.EnumerateObject())
                {
                    writer.WritePropertyName(member.Name);
                    Write(writer, member.Value);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var element in value.EnumerateArray()) Write(writer, element);
                writer.WriteEndArray();
                break;
            case JsonValueKind.Number when !IsExact(value):
                writer.WriteStringValue(JsonMarshal.GetRawUtf8Value(value));
                break;
            default:
                writer.WriteRawValue(JsonMarshal.GetRawUtf8Value(value), skipInputValidation: true);
                break;
        }
    }

    private static bool IsExact(JsonElement number)
    {
        Span<byte> spelled = stackalloc byte[CanonicalJson.MaxNumberLength];
        return CanonicalJson.TryWriteNumber(JsonMarshal.GetRawUtf8Value(number), spelled, out _);
    }
}
