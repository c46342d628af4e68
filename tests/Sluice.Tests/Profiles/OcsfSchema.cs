using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Sluice.Tests.Profiles;

/// <summary>The committed excerpt of OCSF's schema, and how an event is held against it.</summary>
internal sealed class OcsfSchema
{
    private readonly Dictionary<string, Dictionary<string, string>> _types = [];
    private readonly Dictionary<string, string[]> _oneOf = [];
    private readonly Dictionary<string, string[]> _activities = [];

    public static OcsfSchema Read([CallerFilePath] string here = "")
    {
        var schema = new OcsfSchema();
        foreach (var line in File.ReadLines(Path.Combine(Path.GetDirectoryName(here)!, "Schemas", "ocsf-1.7.0.txt")).Where(line => !line.StartsWith('#')))
        {
            var (head, words) = (line[..line.IndexOf(':')].Split(' '), line[(line.IndexOf(':') + 2)..].Split(' '));
            if (head[0] == "one") schema._oneOf[head[1]] = words;
            else if (head[0] == "activities") schema._activities[head[1]] = words;
            else schema._types[head[1]] = words.Select(word => word.Split(':')).ToDictionary(pair => pair[0], pair => pair[1]);
        }

        return schema;
    }

    public void CheckEvent(JsonElement spelled)
    {
        var type = spelled.GetProperty("class_uid").GetInt32();
        var name = type.ToString(CultureInfo.InvariantCulture);
        var activity = spelled.GetProperty("activity_id").GetInt32();
        Assert.Equal((type / 1000, type * 100 + activity), (spelled.GetProperty("category_uid").GetInt32(), spelled.GetProperty("type_uid").GetInt32()));
        Assert.Contains(activity.ToString(CultureInfo.InvariantCulture), _activities[name]);
        Assert.Equal("1.7.0", spelled.GetProperty("metadata").GetProperty("version").GetString());
        Assert.InRange(spelled.GetProperty("time").GetInt64(), 0, 9_999_999_999_999);
        CheckObject(spelled, name, _types["base"].Concat(_types[name]).ToDictionary());
    }

    private void CheckObject(JsonElement element, string type, Dictionary<string, string> attributes)
    {
        Assert.Equal(JsonValueKind.Object, element.ValueKind);
        foreach (var member in element.EnumerateObject())
        {
            Assert.True(attributes.TryGetValue(member.Name, out var wanted), $"OCSF's {type} has no {member.Name}.");
            Check(member.Value, wanted.TrimEnd('!'), $"{type}.{member.Name}");
        }

        Assert.All(attributes.Where(attribute => attribute.Value.EndsWith('!')), attribute => Assert.True(element.TryGetProperty(attribute.Key, out _), $"{type} lacks {attribute.Key}: {element}"));
        if (_oneOf.TryGetValue(type, out var names)) Assert.True(names.Any(name => element.TryGetProperty(name, out _)), $"{type} has none of {string.Join(", ", names)}: {element}");
    }

    private void Check(JsonElement value, string type, string where)
    {
        if (type.EndsWith("[]", StringComparison.Ordinal))
        {
            Assert.All(value.EnumerateArray(), item => Check(item, type[..^2], where));
            return;
        }

        if (type == "text") Assert.True(value.ValueKind == JsonValueKind.String, where);
        else if (type == "int") Assert.True(value.TryGetInt64(out _), where);
        else if (type != "any") CheckObject(value, type, _types[type]);
    }
}
