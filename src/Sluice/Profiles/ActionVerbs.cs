using System.Collections.Frozen;
using System.Text;

namespace Sluice.Profiles;

/// <summary>Finds an action's verb: the first or last word behind its last dot, as in <c>certificate.issue</c>, <c>iam.create_user</c>, <c>group.member_add</c>.</summary>
internal static class ActionVerbs
{
    private static readonly FrozenDictionary<string, ActionVerb>.AlternateLookup<ReadOnlySpan<char>> Words = new Dictionary<ActionVerb, string>
    {
        [ActionVerb.Create] = "add added create created generate import insert install invite issue mint new open publish put register run start upload",
        [ActionVerb.Read] = "access describe download export fetch get head list lookup preview query read search show test view",
        [ActionVerb.Update] = "assign associate attach change changed configure detach edit modify patch refresh reissue rename renew replace reset restore rotate set tag unassign untag update updated",
        [ActionVerb.Delete] = "archive clear delete deleted deregister destroy drop purge remove removed revoke uninstall",
        [ActionVerb.Move] = "move moved transfer",
        [ActionVerb.Enroll] = "enroll",
        [ActionVerb.Unenroll] = "unenroll",
        [ActionVerb.Enable] = "enable enabled unlock",
        [ActionVerb.Disable] = "disable disabled lock",
        [ActionVerb.Activate] = "activate activated",
        [ActionVerb.Deactivate] = "deactivate deactivated",
        [ActionVerb.Suspend] = "suspend pause",
        [ActionVerb.Resume] = "resume",
        [ActionVerb.Logon] = "assertion authenticate authenticated login logon signin",
        [ActionVerb.Logoff] = "logoff logout signout",
    }.SelectMany(verb => verb.Value.Split(' '), (verb, word) => (word, verb.Key)).ToFrozenDictionary(pair => pair.word, pair => pair.Key).GetAlternateLookup<ReadOnlySpan<char>>();

    public static ActionVerb Of(ReadOnlySpan<byte> action)
    {
        var text = Encoding.UTF8.GetString(action);
        var last = text.AsSpan(text.LastIndexOf('.') + 1);
        if (text.StartsWith("session.", StringComparison.Ordinal)) return OfSession(last);
        var end = last.IndexOfAny('_', '-');
        if (Words.TryGetValue(end < 0 ? last : last[..end], out var verb) || end < 0) return verb;
        return Words.TryGetValue(last[(last.LastIndexOfAny('_', '-') + 1)..], out verb) ? verb : ActionVerb.Other;
    }

    /// <summary>A session that begins is a logon, one that ends a logoff, whatever ended it.</summary>
    private static ActionVerb OfSession(ReadOnlySpan<char> word) => word switch
    {
        "create" or "created" or "start" or "started" => ActionVerb.Logon,
        "expire" or "expired" or "end" or "ended" or "delete" or "deleted" or "revoke" or "revoked" or "terminate" or "terminated" => ActionVerb.Logoff,
        _ => Words.TryGetValue(word, out var verb) ? verb : ActionVerb.Other,
    };
}
