using System.Text.Json.Nodes;
using Sluice.Delivery.Definitions;
using Sluice.Secrets;

namespace Sluice.Server.Apply;

/// <summary>
/// Compares a destination in the file with the server's answer, member by member, defaults filled in: the file is the whole truth about it, but for what
/// Sluice makes up and for <c>start_from</c>, which matters at the beginning only. Credentials are in no answer; of them it is compared whether they are set.
/// </summary>
internal sealed class MemberComparison(DeclaredDestination declared, JsonObject listed, bool sendSecrets)
{
    private static readonly string[] Fixed = ["name", "provider", "tenant_id"];

    private readonly MemberText _text = new(declared);

    public IReadOnlyList<MemberChange> Changes() => [.. Shown(), .. Credentials(), .. SecretsAgain()];

    /// <summary>What the server will say of a member that differs and, once set, never changes; null when there is none.</summary>
    public DefinitionException? Refusal() => declared.Members.Where(member => Differs(member.Name)).Select(RefusalOf).FirstOrDefault(refused => refused is not null);

    private IEnumerable<MemberChange> Shown()
    {
        foreach (var (member, _) in declared.Shown.Where(member => Differs(member.Key)))
        {
            var (from, to) = _text.Change(member, listed[member]);
            yield return new(member, from, to, IsDrift(member));
        }
    }

    private bool Differs(string member) => declared.Shown.ContainsKey(member) && IsCompared(member) && !IsSame(member);

    private bool IsCompared(string member)
    {
        if (Fixed.Contains(member) || DefinitionReader.IsShownOnly(member) || declared.IsMadeUp(member) || IsHidden(member)) return false;
        // An older server has fewer members: what is not asked of it is not missed.
        return !declared.IsLeftOut(member) || (listed.ContainsKey(member) && member != "start_from");
    }

    /// <summary>What only admins are shown cannot be compared with another's key.</summary>
    private bool IsHidden(string member) => listed[member] is JsonValue value && value.TryGetValue(out string? text) && text == Secret.Mask;

    private bool IsSame(string member) => JsonNode.DeepEquals(declared.Shown[member], listed[member]);

    /// <summary>A member that the file leaves out may still follow from another one, as all of a changefeed's do.</summary>
    private bool IsDrift(string member) => declared.IsLeftOut(member) && declared.HasDefault(member);

    private DefinitionException? RefusalOf(SettingsSchema.Member member)
    {
        if (member.Value(declared.Definition.Settings) is not IPartlySecret wanted || listed[member.Name] is not { } shown) return null;
        if (MemberText.Read(member, shown) is not IPartlySecret there) return null;
        try
        {
            wanted.Over(there);
            return null;
        }
        catch (DefinitionException refused)
        {
            return refused;
        }
    }

    private IEnumerable<MemberChange> Credentials()
    {
        var there = (listed["credentials_set"] as JsonArray ?? []).Select(name => (string?)name).ToHashSet();
        return declared.Members.Where(member => member.IsCredential).Select(member => Credential(member.Name, there.Contains(member.Name))).OfType<MemberChange>();
    }

    private MemberChange? Credential(string member, bool isThere) => (declared.Definition.CredentialsSet.Contains(member), isThere) switch
    {
        (true, false) when !declared.IsLeftOut(member) => new(member, "not set", "set", false),
        (false, true) => new(member, "set", "not set", declared.IsLeftOut(member)),
        (true, true) when !declared.IsLeftOut(member) && sendSecrets => new(member, "set", "sent again", false),
        _ => null,
    };

    /// <summary>Members of which a part is secret, and the rest the same.</summary>
    private IEnumerable<MemberChange> SecretsAgain() =>
        from member in declared.Members
        where sendSecrets && !member.IsCredential && !declared.IsLeftOut(member.Name) && !declared.IsMadeUp(member.Name)
            && member.Value(declared.Definition.Settings) is IPartlySecret partly && partly.Secrets.Any() && IsSame(member.Name)
        select new MemberChange(member.Name, "as shown", "sent again with its secret", false);
}
