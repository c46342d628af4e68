namespace Sluice.Tenants;

/// <summary>What a call may need. A key's role says which of them the key has.</summary>
public enum Permission
{
    SendEvents,

    /// <summary>Find, follow, count and prove events.</summary>
    ReadEvents,
    ExportEvents,

    /// <summary>Destinations with their status and history, without credentials.</summary>
    ViewDestinations,
    ManageDestinations,

    /// <summary>Keys, machine accounts and tenants, without the keys' texts.</summary>
    ViewAccess,
    ManageAccess,

    /// <summary>Nodes, how long events are kept, and what self-checks found.</summary>
    ViewOperation,
    StartSelfChecks,
    ManageRetention,
}
