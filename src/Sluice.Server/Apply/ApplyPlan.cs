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
    public static ApplyPlan Of(DestinationsFile file, IReadOnlyList<JsonObject> listed, bool isTenantsKey, ApplyChoices choices) =>
        new ApplyPlanner(listed, isTenantsKey, choices).Plan(file);
}
