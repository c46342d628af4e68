namespace Sluice.Server.Dialects.GitLab;

/// <summary>What GitLab says, to the letter: clients compare it.</summary>
internal static class GitLabTexts
{
    public const string Unavailable = "The resource that you are attempting to access does not exist or you don't have permission to perform this action";
    public const string NoMutation = "You do not have access to this mutation.";
    public const string NoDestination = "Please provide valid destination id.";
    public const string InvalidToken = "Invalid token";
    public const string NoMutationsByGet = "Mutations are forbidden in GET requests";
    public const string TooLarge = "Query too large";
    public const string EmptyQuery = "Unexpected end of document";
    public const string NoFilters = "event type filters must be present";
    public const string OnePath = "One and only one of [groupPath, projectPath] arguments is required.";
    public const string NoNamespace = "namespace_path should be of group or project only.";
    public const string InvalidConfig = "Config must be a valid json schema";
    public const string NameTaken = "Name has already been taken";
    public const string Subgroup = "Group must not be a subgroup";
    public const string TokenHeader = "X-Gitlab-Event-Streaming-Token";

    public static string Deprecated(string instead) => $"Deprecated in GitLab 18.10. Use {instead}.";
}
