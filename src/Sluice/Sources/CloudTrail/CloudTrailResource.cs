using System.Text.Json;

namespace Sluice.Sources.CloudTrail;

/// <summary>
/// What it was done to: the first of the record's <c>resources</c>, else the request parameter that names the thing acted on
/// (<see cref="ResourceParameters"/>). Types are spelled as AWS does in <c>resources</c>: <c>AWS::S3::Bucket</c>.
/// </summary>
internal readonly record struct CloudTrailResource(string? Type, string Id)
{
    /// <summary>What people call it: the end of an ARN, else the id.</summary>
    public string Name => Arn.TryParse(Id, out var arn) && arn.Name.Length > 0 ? arn.Name : Id;

    public static CloudTrailResource? Of(JsonElement record, string service) => Listed(record) ?? Named(record, service);

    private static CloudTrailResource? Listed(JsonElement record)
    {
        if (record.Member("resources") is not { ValueKind: JsonValueKind.Array } resources || resources.GetArrayLength() == 0) return null;
        var first = resources[0];
        if ((first.Text("ARN") ?? first.Text("ARNPrefix")) is not { } id) return null;
        return new(first.Text("type") ?? (Arn.TryParse(id, out var arn) ? arn.Type : null), id);
    }

    private static CloudTrailResource? Named(JsonElement record, string service)
    {
        if (record.Member("requestParameters") is not { ValueKind: JsonValueKind.Object } parameters) return null;
        foreach (var (parameter, type) in ResourceParameters.Of(service))
        {
            if (Find(parameters, parameter) is { } id) return new(type ?? (Arn.TryParse(id, out var arn) ? arn.Type : null), id);
        }

        return null;
    }

    /// <summary>The text at the end of a path; of a list, the first element.</summary>
    private static string? Find(JsonElement parameters, string path)
    {
        JsonElement? at = parameters;
        foreach (var name in path.Split('/'))
        {
            at = at.Member(name);
            if (at is { ValueKind: JsonValueKind.Array } list) at = list.GetArrayLength() > 0 ? list[0] : null;
        }

        return at is { ValueKind: JsonValueKind.String } value && value.GetString() is { Length: > 0 } text ? text : null;
    }
}
