using System.Text.Json.Nodes;
using Sluice.Delivery.Definitions;
using Sluice.Secrets;

namespace Sluice.Server.Apply;

/// <summary>Members of one destination as people read them: without secrets, without what the file only refers to, and not longer than a line.</summary>
internal sealed class MemberText(DeclaredDestination declared)
{
    private const int Longest = 120;

    /// <summary>How much of what two long texts have in common stands before the first difference.</summary>
    private const int Lead = 20;

    /// <summary>A member as the file has it.</summary>
    public string ToBe(string member) => Cut(WholeToBe(member), 0);

    /// <summary>A member as the server and the file have it; of long ones the parts where they differ.</summary>
    public (string From, string To) Change(string member, JsonNode? there)
    {
        var (from, to) = (WholeOld(member, there), WholeToBe(member));
        var start = Math.Max(from.Length, to.Length) <= Longest ? 0 : Math.Max(0, from.AsSpan().CommonPrefixLength(to) - Lead);
        return (Cut(from, start), Cut(to, start));
    }

    /// <returns>Null for what is no value here: the server may be of another version.</returns>
    public static object? Read(SettingsSchema.Member member, JsonNode value)
    {
        try
        {
            return member.Read(value);
        }
        catch (DefinitionException)
        {
            return null;
        }
    }

    private string WholeToBe(string member)
    {
        if (declared.Definition.CredentialsSet.Contains(member)) return "set";
        return declared.Values.Referred.ContainsKey(member) ? "(referred to)" : declared.Hide(Text(declared.Shown[member]));
    }

    /// <summary>Where the file refers to something, what the server has may be an older one of what is not to be shown.</summary>
    private string WholeOld(string member, JsonNode? there) =>
        declared.Values.Referred.Keys.Any(path => MemberPath.First(path) == member) ? "(another value)" : new SecretMask(SecretsIn(member, there)).Apply(declared.Hide(Text(there)));

    private IEnumerable<string> SecretsIn(string member, JsonNode? there)
    {
        if (there is null || declared.Members.FirstOrDefault(known => known.Name == member && known.IsSecret) is not { } secret) return [];
        return Read(secret, there) is { } value ? WrittenSecrets.Of(value).Where(text => text != Secret.Mask) : [Text(there)];
    }

    private static string Text(JsonNode? value) => value?.ToJsonString(ApplyJson.Readable) ?? "null";

    private static string Cut(string text, int start)
    {
        var rest = text[start..];
        return $"{(start > 0 ? "…" : "")}{(rest.Length <= Longest ? rest : $"{rest[..Longest]}…")}";
    }
}
