namespace Sluice.Storage.Postgres;

/// <summary>Tables that have numbers of their own for their changes.</summary>
/// <param name="Name">Stored with every number, so it never changes.</param>
/// <param name="Migrations">
/// Numbered from 1, forward only. Never change one that was released. They only add tables, indexes, and columns that are null or have a default:
/// nodes of the version before run on beside them.
/// </param>
public sealed record SchemaPart(string Name, IReadOnlyList<string> Migrations)
{
    public static SchemaPart Configuration { get; } = new("configuration", ConfigurationSchema.ForPostgres);

    public static SchemaPart Ledgers { get; } = new(LedgerSchema.Part, LedgerSchema.Migrations);

    public static SchemaPart Nodes { get; } = new("nodes", NodeSchema.Migrations);

    /// <summary>All that a database needs to hold an instance.</summary>
    public static IReadOnlyList<SchemaPart> All { get; } = [Configuration, Ledgers, Nodes];
}
