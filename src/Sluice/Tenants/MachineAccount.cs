namespace Sluice.Tenants;

/// <summary>Somebody that is no person: a collector, a job, an application. It has several keys, so that one can follow the other without a break.</summary>
/// <param name="TenantId">The only tenant it may see and write; null for the instance.</param>
/// <param name="CreatedAt">In nanoseconds since 1970.</param>
public sealed record MachineAccount(string Id, string Name, Role Role, string? TenantId, AddressList AllowedNetworks, long CreatedAt);

/// <summary>What a machine account shall be, or shall become; what is null stays.</summary>
public sealed record MachineAccountChange(string? Name, Role? Role, AddressList? AllowedNetworks);
