using System.Text.Json.Nodes;
using Sluice.Delivery.Definitions;
using Sluice.Secrets;

namespace Sluice.Server.Apply;

/// <summary>A destination as the file has it, read and checked.</summary>
/// <param name="TenantId">Null: the file names none.</param>
/// <param name="Given">The members as they stand in the file, less its own <c>force</c>; references are resolved, so it holds secrets.</param>
/// <param name="Definition">What they come to, with defaults and all that follows from them.</param>
internal sealed record DeclaredDestination(string Name, string? TenantId, JsonObject Given, bool Force, DestinationDefinition Definition, FilePlace Place, YamlValues Values)
{
    /// <summary>Takes out of a text what must not be shown: every secret, and whatever the file only refers to.</summary>
    public string Hide(string text) => new SecretMask(Values.Referred.Values.SelectMany(value => new[] { value, ApplyJson.Inside(value) })).Apply(Definition.Mask.Apply(text));

    /// <summary>Members that Sluice makes up when they are left out, and that therefore stay what they are.</summary>
    public bool IsMadeUp(string member) => Given[member] is null && Definition.Whole[member] is not null;

    /// <summary>Where a member stands; an error's path may lead further than the file does.</summary>
    public FilePlace PlaceOf(string? path) => MemberPath.Find(Values.Places, path) ?? Place;
}
