using System.ComponentModel;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Sluice.Secrets;

namespace Sluice.Delivery.Definitions;

/// <summary>The members that a settings type declares, and how they are read, merged, shown and kept.</summary>
public sealed class SettingsSchema
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false) },
    };

    private readonly Type _type;

    public SettingsSchema(Type type)
    {
        _type = type;
        var defaults = Activator.CreateInstance(type)!;
        Members = [.. type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.CanWrite).Select(property => new Member(property, defaults))];
    }

    public IReadOnlyList<Member> Members { get; }

    public bool Has(string name) => Members.Any(member => member.Name == name);

    /// <summary>Nothing that is required is missing.</summary>
    public bool IsComplete(JsonObject given) => Members.All(member => !member.IsRequired || given[member.Name] is not null);

    /// <summary>Reads settings; members that are absent have their defaults.</summary>
    public object Bind(JsonObject members)
    {
        foreach (var member in Members)
        {
            if (members[member.Name] is { } node) member.Read(node);
            else if (member.IsRequired) throw DefinitionException.Missing(member.Name);
        }

        return members.Deserialize(_type, Json)!;
    }

    /// <summary>Puts what was given over what there was: null clears, members left out stay.</summary>
    /// <param name="whole">All members as stored, changed in place.</param>
    public void Merge(JsonObject whole, JsonObject given)
    {
        foreach (var member in Members.Where(member => given.ContainsKey(member.Name)))
        {
            var before = whole[member.Name];
            whole.Remove(member.Name);
            var partlyBefore = before is null ? null : member.Read(before) as IPartlySecret;
            if (given[member.Name] is not { } node) partlyBefore?.Clear();
            else whole[member.Name] = member.Read(node) is IPartlySecret partly ? partly.Over(partlyBefore).Whole() : node.DeepClone();
        }
    }

    /// <summary>Adds the members as they are shown: without credentials, with other secrets masked.</summary>
    public void Show(object settings, JsonObject answer, bool toAdmin)
    {
        var all = JsonSerializer.SerializeToNode(settings, _type, Json)!.AsObject();
        foreach (var member in Members.Where(member => !member.IsCredential))
        {
            var isHidden = !toAdmin && member.Value(settings) is IPartlySecret { IsForAdmins: true };
            answer[member.Name] = isHidden ? Secret.Mask : all[member.Name]?.DeepClone();
        }
    }

    public IEnumerable<string> CredentialsSet(object settings) =>
        Members.Where(member => member.IsCredential && member.Value(settings) is not null).Select(member => member.Name);

    /// <summary>Every secret in the settings, to be kept out of texts.</summary>
    public IEnumerable<string> Secrets(object settings) => Members.SelectMany(member => member.Value(settings) switch
    {
        Secret secret => [secret.Reveal()],
        IPartlySecret partly => partly.Secrets,
        _ => [],
    });

    public sealed class Member(PropertyInfo property, object defaults)
    {
        public string Name { get; } = JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name);

        public bool IsCredential { get; } = property.PropertyType == typeof(Secret);

        /// <summary>It is stored among the secrets.</summary>
        public bool IsSecret => IsCredential || property.PropertyType.IsAssignableTo(typeof(IPartlySecret));

        public bool IsRequired { get; } = property.IsDefined(typeof(RequiredMemberAttribute));

        public Type Type => property.PropertyType;

        /// <summary>What it means, its default, range and unit, for those who set it.</summary>
        public string Description { get; } = property.GetCustomAttribute<DescriptionAttribute>()?.Description ?? "";

        /// <summary>Its value when it is left out; null when it has none then.</summary>
        public JsonNode? Default => property.GetValue(defaults) is { } value ? JsonSerializer.SerializeToNode(value, property.PropertyType, Json) : null;

        public object? Value(object settings) => property.GetValue(settings);

        public object? Read(JsonNode node)
        {
            if (node is JsonArray items && items.Any(item => item is null)) throw new DefinitionException("invalid_type", Name, $"{Name}: null cannot be in the list.");
            try
            {
                return node.Deserialize(property.PropertyType, Json);
            }
            catch (JsonException exception)
            {
                var isOurs = property.PropertyType.IsDefined(typeof(JsonConverterAttribute));
                throw new DefinitionException("invalid_type", Name, $"{Name}: {(isOurs ? exception.Message : Expected(property.PropertyType))}");
            }
        }

        private static string Expected(Type type)
        {
            type = Nullable.GetUnderlyingType(type) ?? type;
            if (type.IsEnum) return $"Expected one of {string.Join(", ", Enum.GetNames(type).Select(JsonNamingPolicy.SnakeCaseLower.ConvertName))}.";
            if (type == typeof(bool)) return "Expected true or false.";
            if (type == typeof(int) || type == typeof(long)) return "Expected a whole number.";
            return type == typeof(string) || type == typeof(Secret) ? "Expected a string." : "Expected a list of strings.";
        }
    }
}
