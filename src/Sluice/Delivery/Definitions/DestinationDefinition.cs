using System.Text.Json.Nodes;
using Sluice.Profiles;
using Sluice.Secrets;
using Sluice.Streams;

namespace Sluice.Delivery.Definitions;

/// <summary>A destination as its user set it up: read, checked, immutable.</summary>
public sealed class DestinationDefinition
{
    internal DestinationDefinition(DestinationRow row, JsonObject whole, DestinationKind kind, IProfile profile, StreamSettings stream, IDestinationSettings settings)
    {
        (Row, Whole, Kind, Profile, Stream, Settings) = (row, whole, kind, profile, stream, settings);
        Mask = new SecretMask(kind.Schema.Secrets(settings).Concat(settings.HiddenTexts()));
    }

    /// <summary>Members that change neither an event's spelling nor what makes an object of a batch. Secrets do not either.</summary>
    private static readonly string[] Indifferent = ["name", "enabled", "start_from", "max_in_flight", "heartbeat_seconds"];

    public string Id => Row.Id;

    public string? TenantId => Row.TenantId;

    /// <summary>The only tenant whose events it gets; null when there may be several.</summary>
    public string? SoleTenantId => Stream.IncludeChildren ? null : TenantId;

    public DestinationKind Kind { get; }

    /// <summary>How events are spelled for it, without what it is not to get.</summary>
    public IProfile Profile { get; }

    public StreamSettings Stream { get; }

    public required StreamFilter Filter { get; init; }

    /// <summary>It keeps events back that its tenant or instance has.</summary>
    public bool IsFiltered => Stream.Filter is not null || Stream.EventTypes.Count > 0 || Stream.ExceptEventTypes.Count > 0 || Stream.OnlyTenants.Count > 0;

    /// <summary>It lets the same events through.</summary>
    internal bool HasFilterOf(DestinationDefinition other) =>
        Stream.Filter == other.Stream.Filter && Stream.IncludeChildren == other.Stream.IncludeChildren && Stream.OnlyTenants.SequenceEqual(other.Stream.OnlyTenants)
        && Stream.EventTypes.SequenceEqual(other.Stream.EventTypes) && Stream.ExceptEventTypes.SequenceEqual(other.Stream.ExceptEventTypes);

    public SecretMask Mask { get; }

    public DestinationRow Row { get; }

    /// <summary>What its user should know about it, although it is allowed; null when there is nothing.</summary>
    public string? Warning => string.Join(' ', new[] { Settings.Warning, ((IDestinationSettings)Stream).Warning }.OfType<string>()) is { Length: > 0 } warning ? warning : null;

    internal IDestinationSettings Settings { get; }

    /// <summary>Every member that was given, secrets included.</summary>
    internal JsonObject Whole { get; }

    public IEnumerable<string> CredentialsSet => Kind.Schema.CredentialsSet(Settings);

    /// <summary>Whether the same events make the same bytes, as far as the members tell; if in doubt, not.</summary>
    public bool SpellsLike(DestinationDefinition other) => JsonNode.DeepEquals(Spelling(), other.Spelling());

    /// <summary>Adds the kind's own members to an answer, without its secrets.</summary>
    /// <param name="toAdmin">Shows also what only admins see.</param>
    public void ShowSettings(JsonObject answer, bool toAdmin) => Kind.Schema.Show(Settings, answer, toAdmin);

    private JsonObject Spelling()
    {
        var members = JsonNode.Parse(Row.Definition)!.AsObject();
        foreach (var name in Indifferent) members.Remove(name);
        return members;
    }
}
