using System.Text.Json.Nodes;
using Sluice.Delivery;
using Sluice.Delivery.Definitions;
using Sluice.Destinations;
using Sluice.Profiles;
using Sluice.Server.Apply;
using Sluice.Server.Endpoints;
using Sluice.Tests.Fakes;

namespace Sluice.Tests.Server.Apply;

/// <summary>Keeps destinations as the server does, without streams.</summary>
internal sealed class SimulatedServer
{
    private readonly DefinitionReader _reader = new(DestinationCatalogue.All, ProfileCatalogue.All, new PlainProtector(), new DeliverySettings { AllowPrivateEndpoints = true, AllowPlainHttp = true, AllowChangefeeds = true });
    private readonly List<DestinationDefinition> _all = [];

    public IReadOnlyList<JsonObject> List() => [.. _all.Select(Answer)];

    public void Create(JsonObject body)
    {
        var given = body.DeepClone().AsObject();
        given.Remove("force");
        _all.Add(_reader.Create(given, (string?)given["tenant_id"], now: 1));
    }

    public void Change(int index, string json) => _all[index] = _reader.Update(_all[index], JsonNode.Parse(json)!.AsObject(), now: 2);

    public void Apply(ApplyPlan plan)
    {
        foreach (var step in plan.Steps)
        {
            if (step is PlannedStep.Create create) Create(create.Body());
            if (step is PlannedStep.Update update) Change(_all.FindIndex(its => its.Id == update.Id), WithoutForce(update.Body()));
            if (step is PlannedStep.Delete delete) _all.RemoveAll(its => its.Id == delete.Id);
        }
    }

    private static string WithoutForce(JsonObject body)
    {
        body.Remove("force");
        return body.ToJsonString();
    }

    private static JsonObject Answer(DestinationDefinition definition)
    {
        var answer = DestinationFacts.Of(definition, toAdmin: true);
        answer["status"] = "active";
        answer["credentials_set"] = new JsonArray([.. definition.CredentialsSet.Select(name => JsonValue.Create(name))]);
        return JsonNode.Parse(answer.ToJsonString())!.AsObject();
    }
}
