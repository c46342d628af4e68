using System.Text.Json.Nodes;
using Sluice.Delivery.Definitions;
using Sluice.Secrets;
using Sluice.Server.Endpoints;

namespace Sluice.Server.Apply;

/// <summary>
/// Compares a destination in the file with the server's answer, member by member, defaults filled in: the file is the whole truth about it, but for what
/// Sluice makes up and for <c>start_from</c>, which matters at the beginning only. Credentials are in no answer; of them it is compared whether they are set.
/// </summary>
internal sealed class MemberComparison(DeclaredDestination declared, JsonObject listed, bool sendSecrets)
{
    private const int Longest = 120;

    private static readonly string[] Fixed = ["name", "provider", "tenant_id"];

    public IReadOnlyList<MemberChange> Changes() => [.. Shown(), .. Credentials(), .. SecretsAgain()];

    private IEnumerable<MemberChange> Shown() =>
        from member in DestinationAnswer.OfDefinition(declared.Definition)
        where IsCompared(member.Key) && !AreEqual(member.Value, listed[member.Key])
        select new MemberChange(member.Key, Old(member.Key, listed[member.Key]), ToBe(declared, member.Key), IsLeftOut(member.Key));

    private bool IsCompared(string member)
    {
        if (Fixed.Contains(member) || DefinitionReader.IsShownOnly(member) || declared.IsMadeUp(member)) return false;
        // An older server has fewer members: what is not asked of it is not missed.
        return IsLeftOut(member) ? listed.ContainsKey(member) && member != "start_from" : true;
    }

    private IEnumerable<MemberChange> Credentials()
    {
        var there = (listed["credentials_set"] as JsonArray ?? []).Select(name => (string?)name).ToHashSet();
        var wanted = declared.Definition.CredentialsSet.ToHashSet();
        foreach (var member in declared.Definition.Kind.Schema.Members.Where(member => member.IsCredential).Select(member => member.Name))
        {
            if (wanted.Contains(member) && !there.Contains(member) && !IsLeftOut(member)) yield return new(member, "not set", "set", false);
            if (!wanted.Contains(member) && there.Contains(member)) yield return new(member, "set", "not set", IsLeftOut(member));
            if (wanted.Contains(member) && there.Contains(member) && !IsLeftOut(member) && sendSecrets) yield return new(member, "set", "sent again", false);
        }
    }

    /// <summary>Members of which a part is secret, and the rest the same.</summary>
    private IEnumerable<MemberChange> SecretsAgain() =>
        from member in declared.Definition.Kind.Schema.Members
        where sendSecrets && !member.IsCredential && !IsLeftOut(member.Name) && !declared.IsMadeUp(member.Name)
            && member.Value(declared.Definition.Settings) is IPartlySecret partly && partly.Secrets.Any() && AreEqual(Desired(member.Name), listed[member.Name])
        select new MemberChange(member.Name, "as shown", "sent again with its secret", false);

    private JsonNode? Desired(string member) => DestinationAnswer.OfDefinition(declared.Definition)[member];

    private bool IsLeftOut(string member) => !declared.Given.ContainsKey(member);

    /// <summary>A member as the file has it, for people: what it only refers to is not shown.</summary>
    public static string ToBe(DeclaredDestination declared, string member)
    {
        if (declared.Definition.CredentialsSet.Contains(member)) return "set";
        var shown = DestinationAnswer.OfDefinition(declared.Definition)[member];
        return declared.Values.Referred.ContainsKey(member) ? "(referred to)" : Short(declared.Hide(Text(shown)));
    }

    private string Old(string member, JsonNode? value)
    {
        if (IsReferred(member)) return "(another value)";
        var known = declared.Definition.Kind.Schema.Members.FirstOrDefault(known => known.Name == member && known.IsSecret);
        return Short(new SecretMask(known is null || value is null ? [] : SecretsIn(known, value)).Apply(declared.Hide(Text(value))));
    }

    /// <summary>An answer of a server of another version may have what is no value here.</summary>
    private static IEnumerable<string> SecretsIn(SettingsSchema.Member member, JsonNode value)
    {
        try
        {
            return WrittenSecrets.Of(member.Read(value)).Where(secret => secret != Secret.Mask);
        }
        catch (DefinitionException)
        {
            return [value is JsonValue text && text.TryGetValue(out string? whole) ? whole : ""];
        }
    }

    /// <summary>Then what the server has may be an older one of what is not to be shown.</summary>
    private bool IsReferred(string member) => declared.Values.Referred.Keys.Any(path => MemberPath.First(path) == member);

    private static bool AreEqual(JsonNode? one, JsonNode? other) => JsonNode.DeepEquals(Parsed(one), Parsed(other));

    /// <summary>The same kind of node on both sides, whatever it was made of.</summary>
    private static JsonNode? Parsed(JsonNode? node) => node is null ? null : JsonNode.Parse(node.ToJsonString());

    private static string Text(JsonNode? value) => value?.ToJsonString(ApplyJson.Readable) ?? "null";

    private static string Short(string text) => text.Length <= Longest ? text : $"{text[..Longest]}…";
}
