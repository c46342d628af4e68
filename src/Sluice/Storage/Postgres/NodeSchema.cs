namespace Sluice.Storage.Postgres;

/// <summary>The nodes' tables, as they came to be. Never change an entry that was released; add one.</summary>
internal static class NodeSchema
{
    public static IReadOnlyList<string> Migrations { get; } =
    [
        """
        CREATE TABLE nodes_alive (
            id uuid PRIMARY KEY, name text NOT NULL, url text NOT NULL, version text NOT NULL,
            started_at timestamptz NOT NULL DEFAULT clock_timestamp(), seen_at timestamptz NOT NULL DEFAULT clock_timestamp())
            WITH (fillfactor = 50);
        """,
        "ALTER TABLE nodes_alive ADD COLUMN backend int;",
    ];
}
