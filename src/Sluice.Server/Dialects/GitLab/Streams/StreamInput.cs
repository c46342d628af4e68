using System.Text.Json.Nodes;
using Sluice.GraphQL.Execution;
using Sluice.Secrets;

namespace Sluice.Server.Dialects.GitLab.Streams;

/// <summary>What a client gives for a destination of one category, judged by GitLab's rules.</summary>
/// <param name="category">Which one.</param>
/// <param name="given">By GitLab's names; null means nothing was given.</param>
/// <param name="others">The destinations of the same scope and category.</param>
internal sealed class StreamInput(GitLabCategory category, IReadOnlyDictionary<string, string?> given, IReadOnlyList<GitLabStream> others)
{
    private const int LongestName = 72;

    /// <param name="before">The destination that is changed; null for a new one.</param>
    /// <exception cref="PayloadException">Something cannot be; all that is wrong is said at once.</exception>
    public JsonObject Members(GitLabStream? before, bool isGroups)
    {
        var problems = Problems(before, isGroups).ToList();
        if (problems.Count > 0) throw new PayloadException(problems);
        var members = new JsonObject();
        if (given.GetValueOrDefault("name") is { } name) members["name"] = name;
        foreach (var rule in category.Texts.Append(category.Secret))
        {
            if (Given(rule, before is null) is { } text) members[rule.Member] = text;
        }

        return before is null ? Complete(members) : members;
    }

    public static Dictionary<string, string?> Texts(Arguments input, IEnumerable<string> names) => names.ToDictionary(name => name, input.Get<string>);

    private JsonObject Complete(JsonObject members)
    {
        members["provider"] = category.Provider;
        members["name"] ??= $"Destination_{Guid.NewGuid()}";
        members["profile"] = "gitlab";
        if (category == GitLabCategory.Amazon) members["layout"] = "gitlab";
        return members;
    }

    private IEnumerable<string> Problems(GitLabStream? before, bool isGroups) =>
        NameProblems(before).Concat(category.Texts.Append(category.Secret).SelectMany(rule => TextProblems(rule, isNew: before is null))).Concat(IsTaken(before) ? [category.Taken(isGroups)] : []);

    private IEnumerable<string> NameProblems(GitLabStream? before)
    {
        if (given.GetValueOrDefault("name") is not { } name) yield break;
        if (name.Length == 0) yield return "Name can't be blank";
        if (name.Length > LongestName) yield return $"Name is too long (maximum is {LongestName} characters)";
        if (others.Any(other => other.Number != before?.Number && other.Name == name)) yield return GitLabTexts.NameTaken;
    }

    private IEnumerable<string> TextProblems(TextRule rule, bool isNew)
    {
        if (Given(rule, isNew) is { } text) return rule.Problems(text);
        return isNew && given.ContainsKey(rule.Argument) && rule != GitLabCategory.Http.Secret ? [$"{rule.Label} can't be blank"] : [];
    }

    /// <summary>A credential that comes back masked, because an answer was edited and sent again, is the one that there is.</summary>
    private string? Given(TextRule rule, bool isNew) => given.GetValueOrDefault(rule.Argument) is { } text && (isNew || text != Secret.Mask) ? text : null;

    private bool IsTaken(GitLabStream? before)
    {
        if (category.Unique.All(member => Value(member) is null)) return false;
        var values = category.Unique.Select(member => Value(member) ?? (before is null ? null : (string?)before.Definition.Whole[member])).ToList();
        return others.Any(other => other.Number != before?.Number && category.Unique.Select(member => (string?)other.Definition.Whole[member]).SequenceEqual(values));
    }

    private string? Value(string member) => given.GetValueOrDefault(category.Texts.First(rule => rule.Member == member).Argument);
}
