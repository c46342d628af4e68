using System.Text.Json.Nodes;

namespace Sluice.Server.Apply;

/// <summary>Pairs what the file has with what the server has, by name and tenant, and says what is to be done with each. Used once.</summary>
internal sealed class ApplyPlanner(IReadOnlyList<JsonObject> listed, bool isTenantsKey, ApplyChoices choices)
{
    private readonly List<JsonObject> _there = [.. listed.Where(its => (string?)its["status"] != "deleting" && (choices.Tenant is null || TenantOf(its) == choices.Tenant))];
    private readonly string? _usualTenant = choices.Tenant ?? (isTenantsKey ? listed.Select(TenantOf).FirstOrDefault() : null);
    private readonly List<PlannedStep> _steps = [];
    private readonly List<FileProblem> _problems = [];
    private readonly HashSet<JsonObject> _paired = [];

    /// <exception cref="ApplyException">The file asks for what no call can do.</exception>
    public ApplyPlan Plan(DestinationsFile file)
    {
        foreach (var declared in file.Destinations) Pair(declared);
        if (_problems.Count > 0) throw ApplyException.Of(file.Path, _problems);
        return new ApplyPlan([.. _steps, .. _there.Where(its => !_paired.Contains(its)).Select(OnlyThere)]);
    }

    private void Pair(DeclaredDestination declared)
    {
        var tenant = declared.TenantId ?? _usualTenant;
        var namesakes = _there.Where(its => NameOf(its) == declared.Name && TenantOf(its) == tenant).ToList();
        _paired.UnionWith(namesakes);
        if (ProblemOfPlace(declared, tenant) is { } problem) Report(declared, problem);
        else if (namesakes is [var its] && ProblemOfPair(declared, its) is { } difference) Report(declared, difference);
        else if (namesakes.Count > 1) Report(declared, ("name", $"the server has {namesakes.Count} destinations of this name: {string.Join(", ", namesakes.Select(its => (string?)its["id"]))}. Rename or delete all but one."));
        else _steps.Add(Step(declared, tenant, namesakes.SingleOrDefault()));
    }

    private (string Member, string Message)? ProblemOfPlace(DeclaredDestination declared, string? tenant)
    {
        if (choices.Tenant is not null && tenant != choices.Tenant) return ("tenant_id", $"it is tenant {tenant}'s, and --tenant is {choices.Tenant}.");
        return _steps.Any(step => (step.Name, step.TenantId) == (declared.Name, tenant)) ? ("name", "it is there already: a name is given once in a tenant.") : null;
    }

    private static (string Member, string Message)? ProblemOfPair(DeclaredDestination declared, JsonObject its)
    {
        if ((string?)its["provider"] != declared.Definition.Kind.Name)
            return ("provider", $"on the server it is of provider {(string?)its["provider"]}, which never changes. Give this one another name, or delete that one first.");
        return new MemberComparison(declared, its, sendSecrets: false).Refusal() is { } refused ? (refused.Field!, refused.Message) : null;
    }

    private void Report(DeclaredDestination declared, (string Member, string Message) problem) =>
        _problems.Add(new(declared.PlaceOf(problem.Member), declared.Hide($"{declared.Name}: {problem.Message}")));

    private PlannedStep Step(DeclaredDestination declared, string? tenant, JsonObject? its)
    {
        if (its is null) return new PlannedStep.Create(declared, tenant);
        var changes = new MemberComparison(declared, its, choices.Secrets).Changes();
        return changes.Count == 0 ? new PlannedStep.Unchanged(declared, tenant) : new PlannedStep.Update(declared, (string)its["id"]!, tenant, (string?)its["status"], changes);
    }

    private PlannedStep OnlyThere(JsonObject its)
    {
        var (name, tenant, provider) = (NameOf(its), TenantOf(its), (string)its["provider"]!);
        return choices.Prune ? new PlannedStep.Delete((string)its["id"]!, name, tenant, provider) : new PlannedStep.Extra(name, tenant, provider);
    }

    private static string NameOf(JsonObject listed) => (string)listed["name"]!;

    private static string? TenantOf(JsonObject listed) => (string?)listed["tenant_id"];
}
