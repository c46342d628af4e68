using System.Numerics;
using Sluice.Events;
using Sluice.Server.Dialects.GitLab.Ids;
using Sluice.Server.Dialects.GitLab.Streams;

namespace Sluice.Server.Dialects.GitLab.Types;

/// <summary>A type of events in the catalogue.</summary>
internal sealed record AuditEventDefinition(string Name, string Category) : INumbered
{
    public const string Milestone = "0.1";

    /// <summary>In the catalogue's order.</summary>
    public static IReadOnlyList<AuditEventDefinition> All { get; } =
        [.. from category in ActionCatalogue.ByCategory from action in category.Value select new AuditEventDefinition(action, category.Key)];

    public string Description => $"Events with the action {Name}, of category {Category}.";

    public BigInteger Number => Numbers.OfName(Name);
}
