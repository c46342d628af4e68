using System.Text.Json.Nodes;

namespace Sluice.Server.Apply;

/// <param name="Tenant">The only tenant that the file is about: other destinations on the server are not looked at.</param>
/// <param name="Prune">Destinations that the file does not have are deleted.</param>
/// <param name="Secrets">Secrets of destinations that are there are sent again: nobody can tell whether they changed.</param>
internal sealed record ApplyChoices(string? Tenant = null, bool Prune = false, bool Secrets = false);

/// <summary>What makes the server have what the file says: in the file's order, deletions last.</summary>
internal sealed record ApplyPlan(IReadOnlyList<PlannedStep> Steps)
{
    public bool HasChanges => Steps.Any(step => step.IsChange);

    /// <param name="listed">The destinations as the API lists them.</param>
    /// <param name="isTenantsKey">The key is of one tenant, which is then that of everything in the list and in the file.</param>
    /// <exception cref="ApplyException">The file asks for what no call can do.</exception>
    public static ApplyPlan Of(DestinationsFile file, IReadOnlyList<JsonObject> listed, bool isTenantsKey, ApplyChoices choices)
    {
        var usual = choices.Tenant ?? (isTenantsKey ? listed.Select(TenantOf).FirstOrDefault() : null);
        var there = listed.Where(its => (string?)its["status"] != "deleting" && (choices.Tenant is null || TenantOf(its) == choices.Tenant)).ToList();
        var problems = new List<FileProblem>();
        var (steps, met) = (new List<PlannedStep>(), new HashSet<JsonObject>());
        foreach (var declared in file.Destinations)
        {
            var tenant = declared.TenantId ?? usual;
            var same = there.Where(its => NameOf(its) == declared.Name && TenantOf(its) == tenant).ToList();
            met.UnionWith(same);
            if (Problem(declared, same, choices) is { } problem) problems.Add(problem);
            else if (!steps.Any(step => (step.Name, step.TenantId) == (declared.Name, tenant))) steps.Add(Step(declared, tenant, same.SingleOrDefault(), choices));
            else problems.Add(new(declared.PlaceOf("name"), $"{declared.Name} is there already: a name is given once in a tenant."));
        }

        if (problems.Count > 0) throw ApplyException.Of(file.Path, problems);
        return new ApplyPlan([.. steps, .. there.Where(its => !met.Contains(its)).Select(its => OnlyThere(its, choices))]);
    }

    private static FileProblem? Problem(DeclaredDestination declared, List<JsonObject> same, ApplyChoices choices)
    {
        if (choices.Tenant is not null && declared.TenantId is not null && declared.TenantId != choices.Tenant)
            return new(declared.PlaceOf("tenant_id"), $"{declared.Name}: it is tenant {declared.TenantId}'s, and --tenant is {choices.Tenant}.");
        if (same.Count > 1)
            return new(declared.PlaceOf("name"), $"{declared.Name}: the server has {same.Count} destinations of this name: {string.Join(", ", same.Select(its => (string?)its["id"]))}. Rename or delete all but one.");
        if (same is [var its] && (string?)its["provider"] != declared.Definition.Kind.Name)
            return new(declared.PlaceOf("provider"), $"{declared.Name}: on the server it is of provider {(string?)its["provider"]}, which never changes. Give this one another name, or delete that one first.");
        return null;
    }

    private static PlannedStep Step(DeclaredDestination declared, string? tenant, JsonObject? its, ApplyChoices choices)
    {
        if (its is null) return new PlannedStep.Create(declared, tenant);
        var changes = new MemberComparison(declared, its, choices.Secrets).Changes();
        return changes.Count == 0 ? new PlannedStep.Unchanged(declared, tenant) : new PlannedStep.Update(declared, (string)its["id"]!, tenant, (string?)its["status"], changes);
    }

    private static PlannedStep OnlyThere(JsonObject its, ApplyChoices choices)
    {
        var (name, tenant, provider) = (NameOf(its), TenantOf(its), (string)its["provider"]!);
        return choices.Prune ? new PlannedStep.Delete((string)its["id"]!, name, tenant, provider) : new PlannedStep.Extra(name, tenant, provider);
    }

    private static string NameOf(JsonObject listed) => (string)listed["name"]!;

    private static string? TenantOf(JsonObject listed) => (string?)listed["tenant_id"];
}
