namespace Sluice.Storage.Postgres;

/// <summary>
/// The ledgers' tables, as they came to be. Never change an entry that was released; add one. Names are unqualified: the search path leads to the schema.
/// Events and groups live in a table for every segment (<see cref="SegmentTables"/>) that the append which first needs it makes.
/// </summary>
internal static class LedgerSchema
{
    public const string Part = "ledger";

    public static IReadOnlyList<string> Migrations { get; } =
    [
        """
        CREATE TABLE ledger_heads (
            id smallint PRIMARY KEY, name text NOT NULL UNIQUE, identity uuid NOT NULL DEFAULT gen_random_uuid(),
            size bigint NOT NULL DEFAULT 0, persisted_at bigint NOT NULL DEFAULT 0, tree bytea NOT NULL, first_sequence bigint NOT NULL DEFAULT 0)
            WITH (fillfactor = 20);
        COMMENT ON TABLE ledger_heads IS 'One row for each ledger. Whoever appends holds its lock, so that sequence order is commit order.';

        INSERT INTO ledger_heads (id, name, tree) VALUES (1, 'main', '\x0000000000000000'), (2, '_sluice', '\x0000000000000000');

        CREATE TABLE events (
            ledger smallint NOT NULL, sequence bigint NOT NULL, persisted_at bigint NOT NULL, digest bytea NOT NULL, body text NOT NULL)
            PARTITION BY RANGE (ledger, sequence);

        CREATE TABLE groups (
            ledger smallint NOT NULL, first_sequence bigint NOT NULL, count int NOT NULL, root bytea NOT NULL, keys bytea NOT NULL,
            PRIMARY KEY (ledger, first_sequence));
        ALTER TABLE groups ALTER COLUMN keys SET STORAGE EXTERNAL;
        COMMENT ON TABLE groups IS 'Stays empty: the pattern of groups_<ledger>_<segment>. root is the tree''s root before the group, keys are 72 bytes an event.';

        CREATE TABLE nodes (
            ledger smallint NOT NULL, level smallint NOT NULL, number bigint NOT NULL, hash bytea NOT NULL, PRIMARY KEY (ledger, level, number));

        CREATE TABLE segment_indexes (
            ledger smallint NOT NULL, segment int NOT NULL, part int NOT NULL, bytes bytea NOT NULL, PRIMARY KEY (ledger, segment, part));
        ALTER TABLE segment_indexes ALTER COLUMN bytes SET STORAGE EXTERNAL;

        CREATE TABLE kept_tiles (ledger smallint NOT NULL, number bigint NOT NULL, hashes bytea NOT NULL, PRIMARY KEY (ledger, number));
        """,
        """
        COMMENT ON TABLE groups IS 'Stays empty: the pattern of groups_<ledger>_<segment>. root is the tree''s root before the group, keys are 80 bytes an event.';
        DELETE FROM segment_indexes;
        """,
    ];
}
