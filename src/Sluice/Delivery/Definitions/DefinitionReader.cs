using System.Text.Json.Nodes;
using Sluice.Profiles;
using Sluice.Secrets;
using Sluice.Streams;
using Sluice.Tenants;

namespace Sluice.Delivery.Definitions;

/// <summary>Reads destinations: from what a user sends, and from what is stored.</summary>
/// <param name="tenants">Knows which tenants belong to which; null where none does.</param>
public sealed class DefinitionReader(
    IReadOnlyList<DestinationKind> kinds, IReadOnlyList<IProfile> profiles, ISecretProtector protector, DeliverySettings delivery, AccessDirectory? tenants = null)
{
    private const string Purpose = "destination";

    private static readonly SettingsSchema Common = new(typeof(StreamSettings));

    /// <summary>Members of an answer that Sluice sets: ignored in input, so that an answer can be edited and sent back.</summary>
    private static readonly HashSet<string> Shown =
    [
        "id", "status", "status_since", "last_error", "cursor", "lag", "dead_letters", "gaps", "totals", "credentials_set", "created_at", "updated_at", "filtered", "warning",
    ];

    internal static bool IsShownOnly(string name) => Shown.Contains(name);

    public DestinationDefinition Create(JsonObject given, string? tenantId, long now)
    {
        var kind = Kind(given["provider"]);
        var id = Identifier.New("siem_", now);
        if (given["name"] is null) given["name"] = $"{kind.Name} {id[^6..]}";
        var row = new DestinationRow(id, tenantId, "", kind.Name, "", [], now, now, null);
        return Read(row, [], given, kind, null);
    }

    /// <summary>Reads what says which events a destination gets, checking every member that is given; the rest may be missing.</summary>
    internal DraftDefinition Draft(JsonObject given, string? tenantId)
    {
        var kind = given["provider"] is { } provider ? Kind(provider) : null;
        foreach (var (name, value) in given.Where(member => kind is not null || !kinds.Any(other => other.Schema.Has(member.Key)))) CheckKnown(name, value, kind ?? kinds[0]);
        var whole = new JsonObject();
        Common.Merge(whole, given);
        var stream = (StreamSettings)Common.Bind(whole);
        var settings = kind is not null && kind.Schema.IsComplete(given) ? Own(given, kind) : stream;
        stream = settings.Narrow(stream);
        stream.Check(delivery);
        return new DraftDefinition(tenantId, stream, Filter(stream, tenantId), settings.Narrow(Spelling(stream, kind?.Profile ?? "sluice")));
    }

    private static IDestinationSettings Own(JsonObject given, DestinationKind kind)
    {
        var whole = new JsonObject();
        kind.Schema.Merge(whole, given);
        return (IDestinationSettings)kind.Schema.Bind(whole);
    }

    public DestinationDefinition Update(DestinationDefinition before, JsonObject given, long now)
    {
        if (given["provider"] is JsonValue provider && !(provider.TryGetValue(out string? name) && name == before.Kind.Name))
            throw DefinitionException.Value("provider", "A destination keeps its provider: delete it and create another.");
        if (given.ContainsKey("name") && given["name"] is null) given["name"] = $"{before.Kind.Name} {before.Id[^6..]}";
        return Read(before.Row with { UpdatedAt = now }, before.Whole.DeepClone().AsObject(), given, before.Kind, before.Settings);
    }

    public DestinationDefinition Load(DestinationRow row)
    {
        var whole = JsonNode.Parse(row.Definition)!.AsObject();
        if (row.Secrets.Length > 0)
        {
            foreach (var (name, value) in JsonNode.Parse(protector.Unprotect(row.Secrets, Purpose))!.AsObject()) whole[name] = value?.DeepClone();
        }

        return Bind(row, whole, kinds.First(kind => kind.Name == row.Provider));
    }

    private DestinationDefinition Read(DestinationRow row, JsonObject whole, JsonObject given, DestinationKind kind, object? before)
    {
        foreach (var (name, value) in given) CheckKnown(name, value, kind);
        Common.Merge(whole, given);
        kind.Schema.Merge(whole, given);
        var definition = Bind(row, whole, kind);
        definition.Stream.Check(delivery);
        definition.Stream.CheckInFlight(kind);
        definition.Stream.CheckHeartbeat(kind);
        var settings = (IDestinationSettings)definition.Settings;
        settings.Check(delivery);
        settings.CheckChange(before, delivery);
        settings.Complete(whole);
        return Bind(Stored(row, whole, kind, definition.Stream.Name!) with { HasUniqueName = settings is IUniqueSettings }, whole, kind);
    }

    private DestinationDefinition Bind(DestinationRow row, JsonObject whole, DestinationKind kind)
    {
        var settings = (IDestinationSettings)kind.Schema.Bind(whole);
        var stream = settings.Narrow((StreamSettings)Common.Bind(whole));
        return new DestinationDefinition(row, whole, kind, settings.Narrow(Spelling(stream, kind.Profile)), stream, settings) { Filter = Filter(stream, row.TenantId) };
    }

    private StreamFilter Filter(StreamSettings stream, string? tenantId)
    {
        if (stream.IncludeChildren && tenantId is null) throw DefinitionException.Value("include_children", "A destination of the whole instance has the events of all tenants: leave include_children out.");
        var family = stream.IncludeChildren ? new TenantFamily([tenantId!], tenants) : null;
        var only = stream.OnlyTenants.Count > 0 ? new TenantFamily(stream.OnlyTenants, tenants) : null;
        return new StreamFilter(tenantId, stream.EventTypes, stream.ExceptEventTypes, stream.ParseFilter(), family: family, only: only);
    }

    private IProfile Spelling(StreamSettings stream, string usual)
    {
        var name = stream.Profile ?? usual;
        var profile = profiles.FirstOrDefault(profile => profile.Name == name)
            ?? throw DefinitionException.Value("profile", $"There is no profile '{name}'. Known: {string.Join(", ", profiles.Select(profile => profile.Name))}.");
        return NarrowedProfile.Of(profile, FieldList.Parse(stream.Fields), stream.MaskPersonal);
    }

    private DestinationRow Stored(DestinationRow row, JsonObject whole, DestinationKind kind, string name)
    {
        var (plain, secret) = (new JsonObject(), new JsonObject());
        foreach (var (member, value) in whole)
        {
            var isSecret = kind.Schema.Members.Any(known => known.Name == member && known.IsSecret);
            (isSecret ? secret : plain)[member] = value?.DeepClone();
        }

        var secrets = protector.Protect(System.Text.Encoding.UTF8.GetBytes(secret.ToJsonString()), Purpose);
        return row with { Name = name, Definition = plain.ToJsonString(), Secrets = secrets };
    }

    private DestinationKind Kind(JsonNode? provider)
    {
        if (provider is null) throw new DefinitionException("missing_field", "provider", $"provider is required. Known: {Known()}.");
        return provider is JsonValue value && value.TryGetValue(out string? name) && kinds.FirstOrDefault(kind => kind.Name == name) is { } kind
            ? kind
            : throw DefinitionException.Value("provider", $"There is no such provider. Known: {Known()}.");
    }

    private string Known() => string.Join(", ", kinds.Select(kind => kind.Name));

    private void CheckKnown(string name, JsonNode? value, DestinationKind kind)
    {
        if (Common.Has(name) || kind.Schema.Has(name) || Shown.Contains(name) || name is "provider" or "tenant_id") return;
        if (name == "endpoint" && value is null) return;
        var owner = kinds.FirstOrDefault(other => other.Schema.Has(name));
        throw new DefinitionException(
            "unknown_field", name, owner is null ? $"There is no member {name}." : $"{name} belongs to provider {owner.Name}, not to {kind.Name}.");
    }
}
