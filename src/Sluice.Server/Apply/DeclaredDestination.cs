using System.Text.Json.Nodes;
using Sluice.Delivery.Definitions;
using Sluice.Secrets;
using Sluice.Server.Endpoints;

namespace Sluice.Server.Apply;

/// <summary>A destination as the file has it, read and checked.</summary>
/// <param name="TenantId">Null: the file names none.</param>
/// <param name="Given">The members as they stand in the file, less its own <c>force</c>; references are resolved, so it holds secrets.</param>
/// <param name="Definition">What they come to, with defaults and all that follows from them.</param>
internal sealed record DeclaredDestination(string Name, string? TenantId, JsonObject Given, bool Force, DestinationDefinition Definition, FilePlace Place, YamlValues Values)
{
    private static readonly SettingsSchema Common = new(typeof(StreamSettings));

    /// <summary>The members that the API would show of it, made of JSON as an answer is, so that the two can be compared.</summary>
    public JsonObject Shown { get; } = JsonNode.Parse(DestinationFacts.Of(Definition, toAdmin: true).ToJsonString())!.AsObject();

    /// <summary>The members of its kind.</summary>
    public IReadOnlyList<SettingsSchema.Member> Members => Definition.Kind.Schema.Members;

    /// <summary>Takes out of a text what must not be shown: every secret, and whatever the file only refers to.</summary>
    public string Hide(string text) => new SecretMask(Values.Referred.Values.SelectMany(value => new[] { value, ApplyJson.Inside(value) })).Apply(Definition.Mask.Apply(text));

    public bool IsLeftOut(string member) => !Given.ContainsKey(member);

    /// <summary>It is what it would be if nothing had been set.</summary>
    public bool HasDefault(string member)
    {
        if (member == "profile") return Definition.Profile.Name == Definition.Kind.Profile;
        return Members.Concat(Common.Members).FirstOrDefault(known => known.Name == member) is not { } known || JsonNode.DeepEquals(Shown[member], known.Default);
    }

    /// <summary>Members that Sluice makes up when they are left out, and that therefore stay what they are.</summary>
    public bool IsMadeUp(string member) => Given[member] is null && Definition.Whole[member] is not null;

    /// <summary>Where a member stands; an error's path may lead further than the file does.</summary>
    public FilePlace PlaceOf(string? path) => MemberPath.Find(Values.Places, path) ?? Place;

    /// <summary>Nothing more of it is for the eye.</summary>
    public override string ToString() => Name;
}
