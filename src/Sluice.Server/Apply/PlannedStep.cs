using System.Text.Json.Nodes;

namespace Sluice.Server.Apply;

/// <summary>What the file and the server, compared, come to for one destination.</summary>
internal abstract record PlannedStep(string Name, string? TenantId, string Provider)
{
    /// <summary>For people; a name from the server may have been made to disturb their terminal.</summary>
    public string Title => ApplyJson.Inside(TenantId is null ? Name : $"{Name} [{TenantId}]");

    internal sealed record Create(DeclaredDestination Declared, string? TenantId) : PlannedStep(Declared.Name, TenantId, Declared.Definition.Kind.Name)
    {
        public JsonObject Body()
        {
            var body = Declared.Given.DeepClone().AsObject();
            if (TenantId is not null) body["tenant_id"] = TenantId;
            if (Declared.Force) body["force"] = true;
            return body;
        }
    }

    /// <param name="Status">What its stream is at now.</param>
    internal sealed record Update(DeclaredDestination Declared, string Id, string? TenantId, string? Status, IReadOnlyList<MemberChange> Changes) : PlannedStep(Declared.Name, TenantId, Declared.Definition.Kind.Name)
    {
        public JsonObject Body()
        {
            var body = new JsonObject();
            foreach (var change in Changes) body[change.Member] = Declared.Given[change.Member]?.DeepClone();
            if (Declared.Force) body["force"] = true;
            return body;
        }
    }

    internal sealed record Unchanged(DeclaredDestination Declared, string? TenantId) : PlannedStep(Declared.Name, TenantId, Declared.Definition.Kind.Name);

    /// <summary>Only on the server, and to stay there.</summary>
    internal sealed record Extra(string Name, string? TenantId, string Provider) : PlannedStep(Name, TenantId, Provider);

    internal sealed record Delete(string Id, string Name, string? TenantId, string Provider) : PlannedStep(Name, TenantId, Provider);

    /// <summary>It changes something on the server.</summary>
    public bool IsChange => this is Create or Update or Delete;
}

/// <param name="From">For people: the value on the server.</param>
/// <param name="To">For people: the value in the file, else what holds without one.</param>
/// <param name="IsDrift">Set on the server, and not in the file.</param>
internal sealed record MemberChange(string Member, string From, string To, bool IsDrift);
