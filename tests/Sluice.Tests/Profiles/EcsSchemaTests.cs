using System.Runtime.CompilerServices;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;

namespace Sluice.Tests.Profiles;

/// <summary>Profile <c>ecs</c> against the published list of fields: nothing but ECS fields of their types, and below <c>sluice</c> what ECS has none for.</summary>
public sealed class EcsSchemaTests
{
    private static readonly Dictionary<string, string[]> Fields = Read();

    [Fact]
    public void Every_field_is_one_of_ecs() =>
        Prop.ForAll(SomeEvents.Any().ToArbitrary(), sent => Check(sent)).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Fact]
    public void So_are_those_of_the_telling_events() => Assert.All(Telling.All.Values, Check);

    private static void Check(string sent)
    {
        using var document = JsonDocument.Parse(Telling.Spelled("ecs", Telling.Stored(sent)));
        Assert.Equal("9.4.0", document.RootElement.GetProperty("ecs").GetProperty("version").GetString());
        Check(document.RootElement, "");
    }

    private static void Check(JsonElement element, string path)
    {
        if (element.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in element.EnumerateObject().Where(member => path.Length > 0 || member.Name != "sluice")) Check(member.Value, path.Length == 0 ? member.Name : $"{path}.{member.Name}");
            return;
        }

        Assert.True(Fields.TryGetValue(path, out var field), $"ECS has no field {path}.");
        var isList = field[0].EndsWith("[]", StringComparison.Ordinal);
        Assert.Equal(isList, element.ValueKind == JsonValueKind.Array);
        foreach (var value in isList ? [.. element.EnumerateArray()] : new[] { element }) CheckValue(value, field, path);
    }

    private static void CheckValue(JsonElement value, string[] field, string path)
    {
        switch (field[0].TrimEnd('[', ']'))
        {
            case "long": Assert.True(value.TryGetInt64(out _), path); break;
            case "date": Assert.True(value.TryGetDateTimeOffset(out _) || value.GetString()!.Length == 30, path); break;
            case "ip": Assert.True(System.Net.IPAddress.TryParse(value.GetString(), out _), path); break;
            default: Assert.Equal(JsonValueKind.String, value.ValueKind); break;
        }

        if (field.Length > 1) Assert.Contains(value.GetString(), field[1..]);
    }

    private static Dictionary<string, string[]> Read([CallerFilePath] string here = "") =>
        File.ReadLines(Path.Combine(Path.GetDirectoryName(here)!, "Schemas", "ecs-9.4.0.txt")).Where(line => !line.StartsWith('#'))
            .Select(line => line.Split(' ')).ToDictionary(words => words[0], words => words[1..]);
}
