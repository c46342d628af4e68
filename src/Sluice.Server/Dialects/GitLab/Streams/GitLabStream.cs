using System.Numerics;
using System.Text.Json.Nodes;
using Sluice.Delivery.Definitions;
using Sluice.Secrets;
using Sluice.Server.Dialects.GitLab.Ids;

namespace Sluice.Server.Dialects.GitLab.Streams;

/// <summary>A destination as GitLab shows it: of the instance, or of a group, which is a tenant.</summary>
internal sealed class GitLabStream : INumbered
{
    private readonly JsonObject _shown = [];

    private GitLabStream(DestinationDefinition definition, GitLabCategory category)
    {
        (Definition, Category, Number) = (definition, category, Numbers.OfDestination(definition.Id));
        definition.ShowSettings(_shown, toAdmin: true);
    }

    public DestinationDefinition Definition { get; }

    public GitLabCategory Category { get; }

    public BigInteger Number { get; }

    public bool IsGroups => Group is not null;

    /// <summary>Whose it is; null for the instance.</summary>
    public GitLabGroup? Group => Definition.TenantId is { } path ? new GitLabGroup(path) : null;

    public string Name => Definition.Stream.Name ?? "";

    public bool IsActive => Definition.Stream.Enabled;

    public IReadOnlyList<string> EventTypes => Definition.Stream.EventTypes;

    public IReadOnlyList<GitLabHeader> Headers => [.. (_shown["headers"] as JsonArray ?? []).OfType<JsonObject>().Select(header => new GitLabHeader(this, header))];

    public IReadOnlyList<GitLabNamespaceFilter> NamespaceFilters => [.. Definition.Stream.OnlyTenants.Select(path => new GitLabNamespaceFilter(this, path))];

    /// <returns>Null when GitLab could not have it.</returns>
    public static GitLabStream? Of(DestinationDefinition definition) => GitLabCategory.Of(definition) is { } category ? new GitLabStream(definition, category) : null;

    /// <summary>A member's text, masked where it is a credential.</summary>
    public string Text(string member) => (string?)_shown[member] ?? (Definition.Whole.ContainsKey(member) ? Secret.Mask : "");
}

/// <summary>What stands in lists.</summary>
internal interface INumbered
{
    BigInteger Number { get; }
}

/// <summary>One of a destination's headers. The value of a secret one is masked.</summary>
internal sealed class GitLabHeader(GitLabStream stream, JsonObject shown) : INumbered
{
    public GitLabStream Stream => stream;

    public string Key => (string)shown["name"]!;

    public string Value => (string?)shown["value"] ?? Secret.Mask;

    public bool IsActive => (bool)shown["active"]!;

    /// <summary>Names of headers that differ in case only are one.</summary>
    public BigInteger Number => Numbers.OfPart(stream.Number, Key.ToLowerInvariant());
}

/// <summary>A group or project to whose events, and those of all below it, a destination is narrowed.</summary>
internal sealed record GitLabNamespaceFilter(GitLabStream Stream, string Path)
{
    public BigInteger Number => Numbers.OfPart(Stream.Number, Path);
}
