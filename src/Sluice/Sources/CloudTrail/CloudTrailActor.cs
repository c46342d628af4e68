using System.Text.Json;

namespace Sluice.Sources.CloudTrail;

/// <summary>Who did it, out of <c>userIdentity</c>.</summary>
internal readonly record struct CloudTrailActor(string Type, string Id, string? Name)
{
    private const string System = "system";

    /// <summary>
    /// The id is principalId, else arn, userName, invokedBy, else what little remains: a person of the identity center, the account,
    /// and for a service's own events the service. So no record is refused for want of an actor.
    /// </summary>
    public static CloudTrailActor Of(JsonElement record, string eventSource)
    {
        var who = record.Member("userIdentity");
        var name = who.Text("userName");
        var type = TypeOf(who.Text("type"));
        if ((who.Text("principalId") ?? who.Text("arn") ?? name) is { } id) return new(type, id, name);
        if (who.Text("invokedBy") is { } service) return new(System, service, null);
        if ((who.Member("onBehalfOf").Text("userId") ?? who.Text("accountId")) is { } remaining) return new(type, remaining, null);
        return new(System, eventSource, null);
    }

    private static string TypeOf(string? type) => type switch
    {
        null => "unknown",
        "IAMUser" or "IdentityCenterUser" => "user",
        "AssumedRole" or "Role" => "role",
        "AWSService" => System,
        _ => CloudTrailAction.SnakeCase(type),
    };
}
