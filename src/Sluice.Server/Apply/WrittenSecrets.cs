using Sluice.Delivery.Definitions;
using Sluice.Secrets;

namespace Sluice.Server.Apply;

/// <summary>Finds secrets that stand in the file itself: a file that is read by reviewers and kept in a history is no place for them.</summary>
internal static class WrittenSecrets
{
    public static IEnumerable<FileProblem> In(DestinationDefinition definition, YamlValues values) =>
        from member in definition.Kind.Schema.Members
        let secrets = Of(member.Value(definition.Settings)).Where(secret => secret.Length > 0 && !values.Referred.Values.Any(text => text.Contains(secret, StringComparison.Ordinal))).ToList()
        from written in values.Written
        where MemberPath.First(written.Key) == member.Name && secrets.Any(secret => written.Value.Contains(secret, StringComparison.Ordinal))
        select new FileProblem(values.Places[written.Key], $"{written.Key} has a secret written out. Refer to the whole of it: {{env: NAME}} or {{file: path}}.");

    public static IEnumerable<string> Of(object? value) => value switch
    {
        Secret secret => [secret.Reveal()],
        IPartlySecret partly => partly.Secrets,
        _ => [],
    };
}
