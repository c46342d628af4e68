using System.Text.RegularExpressions;
using Sluice.Delivery.Definitions;

namespace Sluice.Server.Dialects.GitLab.Streams;

/// <summary>A text that a client gives for a destination of one category.</summary>
/// <param name="Argument">GitLab's name of it.</param>
/// <param name="Member">The member of the destination that it is.</param>
/// <param name="Label">GitLab's name of it in messages.</param>
internal sealed record TextRule(string Argument, string Member, string Label, int Longest, int Shortest = 1)
{
    public Func<string, string?> Problem { get; init; } = _ => null;

    public IEnumerable<string> Problems(string text)
    {
        if (string.IsNullOrWhiteSpace(text)) return [$"{Label} can't be blank"];
        if (text.Length < Shortest) return [$"{Label} is too short (minimum is {Shortest} characters)"];
        if (text.Length > Longest) return [$"{Label} is too long (maximum is {Longest} characters)"];
        return Problem(text) is { } problem ? [$"{Label} {problem}"] : [];
    }
}

/// <summary>A sort of destination that GitLab knows, and which of ours it is.</summary>
/// <param name="Name">In the consolidated API.</param>
/// <param name="Provider">The kind of destination.</param>
/// <param name="Secret">What the consolidated API calls <c>secretToken</c>.</param>
internal sealed partial record GitLabCategory(string Name, string Provider, IReadOnlyList<TextRule> Texts, TextRule Secret)
{
    public static GitLabCategory Http { get; } = new(
        "http", "http",
        [new TextRule("destinationUrl", "endpoint", "Destination url", 255) { Problem = UrlProblem }],
        new TextRule("verificationToken", "verification_token", "Verification token", 24, 16))
    {
        Unique = ["endpoint"],
        Taken = _ => "Destination url has already been taken",
        ConfigTaken = "Config url already taken.",
    };

    public static GitLabCategory Google { get; } = new(
        "gcp", "google_cloud_logging",
        [
            new TextRule("googleProjectIdName", "project_id", "Google project id name", 30, 6)
            {
                Problem = text => Project().IsMatch(text) ? null : "must only contain lowercase letters, digits, or hyphens, and must start with a letter and end with a letter or a digit",
            },
            new TextRule("clientEmail", "client_email", "Client email", 254) { Problem = text => Email().IsMatch(text) ? null : "is invalid" },
            new TextRule("logIdName", "log_id", "Log id name", 511) { Problem = text => LogId().IsMatch(text) ? null : "must only contain letters, digits, forward-slash, underscore, hyphen or period" },
        ],
        new TextRule("privateKey", "private_key", "Private key", 4096))
    {
        Unique = ["project_id", "log_id"],
        Taken = isGroup => isGroup ? "Google project id name has already been taken" : "Log id name has already been taken",
        ConfigTaken = "Config logIdName, googleProjectIdName already taken.",
    };

    public static GitLabCategory Amazon { get; } = new(
        "aws", "s3",
        [
            new TextRule("accessKeyXid", "access_key_id", "Access key xid", 128, 16) { Problem = text => Word().IsMatch(text) ? null : "must only contain letters, digits or underscore" },
            new TextRule("bucketName", "bucket", "Bucket name", 63) { Problem = text => Bucket().IsMatch(text) ? null : "is invalid" },
            new TextRule("awsRegion", "region", "Aws region", 50),
        ],
        new TextRule("secretAccessKey", "secret_access_key", "Secret access key", 4096))
    {
        Unique = ["bucket"],
        Taken = _ => "Bucket name has already been taken",
        ConfigTaken = "Config bucketName already taken.",
    };

    public static IReadOnlyList<GitLabCategory> All { get; } = [Http, Google, Amazon];

    /// <summary>Members that no two destinations of a scope may have all the same.</summary>
    public required IReadOnlyList<string> Unique { get; init; }

    /// <summary>What is said then, of a group's destination or of the instance's.</summary>
    public required Func<bool, string> Taken { get; init; }

    public required string ConfigTaken { get; init; }

    /// <summary>The category of a destination; null for one that GitLab could not have.</summary>
    public static GitLabCategory? Of(DestinationDefinition definition)
    {
        var category = All.FirstOrDefault(category => category.Provider == definition.Kind.Name);
        return category == Amazon && (string?)definition.Whole["layout"] != "gitlab" ? null : category;
    }

    private static string? UrlProblem(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Host.Length == 0 || text.Any(char.IsWhiteSpace)) return "must be a valid URL";
        return uri.Scheme is "http" or "https" ? null : "is blocked: Only allowed schemes are http, https";
    }

    [GeneratedRegex("^[a-z][a-z0-9-]*[a-z0-9]\\z", RegexOptions.NonBacktracking)]
    private static partial Regex Project();

    [GeneratedRegex("^[^@\\s]+@[^@\\s]+\\z", RegexOptions.NonBacktracking)]
    private static partial Regex Email();

    [GeneratedRegex("^[A-Za-z0-9_/.-]+\\z", RegexOptions.NonBacktracking)]
    private static partial Regex LogId();

    [GeneratedRegex("^[A-Za-z0-9_]+\\z", RegexOptions.NonBacktracking)]
    private static partial Regex Word();

    [GeneratedRegex("^[a-z0-9][a-z0-9.-]*\\z", RegexOptions.NonBacktracking)]
    private static partial Regex Bucket();
}
