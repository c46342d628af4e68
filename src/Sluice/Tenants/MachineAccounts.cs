using Sluice.Events;
using Sluice.SelfAudit;

namespace Sluice.Tenants;

public enum AccountVerdict
{
    Done,
    NotFound,

    /// <summary>Nobody could administer the instance any more.</summary>
    LastAdmin,
}

/// <summary>There is no such machine account any more.</summary>
public sealed class AccountGoneException(string id) : Exception($"There is no machine account {id} any more.");

/// <summary>Machine accounts: made, listed, changed, and deleted with all their keys.</summary>
public sealed class MachineAccounts(AccessDirectory directory, AccessKeys keys)
{
    private long Now => Timestamp.Now(directory.Time);

    public async ValueTask<IReadOnlyList<MachineAccount>> ListAsync(Caller manager, CancellationToken cancellation = default) =>
        [.. (await directory.LookAsync(cancellation)).Accounts.Values.Where(account => AccessKeys.IsManagedBy(manager, account.TenantId)).OrderBy(account => account.CreatedAt).ThenBy(account => account.Id, StringComparer.Ordinal)];

    /// <returns>Null when there is none, or it is another tenant's.</returns>
    public async ValueTask<MachineAccount?> FindAsync(string id, Caller manager, CancellationToken cancellation = default) =>
        (await ListAsync(manager, cancellation)).FirstOrDefault(account => account.Id == id);

    public ValueTask<MachineAccount> CreateAsync(string name, Role role, string? tenantId, AddressList networks, CancellationToken cancellation = default) => directory.ChangeAsync(async session =>
    {
        var account = new MachineAccount(AccessKeyText.CreateId("acc_"), name, role, tenantId, networks, Now);
        await MachineAccountTable.PutAsync(session, account);
        await OwnEventTable.AddAsync(session, AccessFacts.Changed(OwnActions.AccountCreated, Now, null, account));
        return (true, account);
    }, cancellation);

    /// <summary>Its keys follow.</summary>
    public ValueTask<(AccountVerdict Verdict, MachineAccount? Account)> ChangeAsync(string id, MachineAccountChange change, Caller manager, CancellationToken cancellation = default) => directory.ChangeAsync<(AccountVerdict, MachineAccount?)>(async session =>
    {
        var all = await AccessDirectory.ReadAsync(session);
        if (Of(all, id, manager) is not { } before) return (false, (AccountVerdict.NotFound, null));
        var after = before with { Name = change.Name ?? before.Name, Role = change.Role ?? before.Role, AllowedNetworks = change.AllowedNetworks ?? before.AllowedNetworks };
        if (after.Role != before.Role && keys.WouldLockOut(KeysOf(all, id), [.. all.Keys.Values])) return (false, (AccountVerdict.LastAdmin, null));
        await MachineAccountTable.PutAsync(session, after);
        await AccessKeyTable.SetRoleOfAccountAsync(session, id, after.Role);
        await OwnEventTable.AddAsync(session, AccessFacts.Changed(OwnActions.AccountUpdated, Now, before, after));
        return (true, (AccountVerdict.Done, after));
    }, cancellation);

    /// <summary>All its keys are refused from then on.</summary>
    public ValueTask<AccountVerdict> DeleteAsync(string id, Caller manager, CancellationToken cancellation = default) => directory.ChangeAsync(async session =>
    {
        var all = await AccessDirectory.ReadAsync(session);
        if (Of(all, id, manager) is not { } account) return (false, AccountVerdict.NotFound);
        if (keys.WouldLockOut(KeysOf(all, id), [.. all.Keys.Values])) return (false, AccountVerdict.LastAdmin);
        await AccessKeyTable.RemoveOfAccountAsync(session, id);
        await MachineAccountTable.RemoveAsync(session, id);
        foreach (var key in KeysOf(all, id)) await OwnEventTable.AddAsync(session, AccessFacts.Changed(OwnActions.KeyRevoked, Now, key, null));
        await OwnEventTable.AddAsync(session, AccessFacts.Changed(OwnActions.AccountDeleted, Now, account, null));
        return (true, AccountVerdict.Done);
    }, cancellation);

    private static MachineAccount? Of(AccessSnapshot all, string id, Caller manager) =>
        all.Accounts.GetValueOrDefault(id) is { } account && AccessKeys.IsManagedBy(manager, account.TenantId) ? account : null;

    private static IReadOnlyCollection<AccessKey> KeysOf(AccessSnapshot all, string account) => [.. all.Keys.Values.Where(key => key.AccountId == account)];
}
