using System.Text.RegularExpressions;

namespace Sluice.Storage;

/// <summary>
/// The tables of the configuration, as they came to be. Never change an entry that was released; add one, and let it only add tables, and columns that
/// are null or have a default: nodes of the version before go on writing beside it.
/// </summary>
internal static partial class ConfigurationSchema
{
    /// <summary>As SQLite takes them.</summary>
    public static IReadOnlyList<string> Migrations { get; } =
    [
        """
        CREATE TABLE settings (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;

        CREATE TABLE access_keys (
            id TEXT PRIMARY KEY, hash BLOB NOT NULL UNIQUE, prefix TEXT NOT NULL, name TEXT NOT NULL, role TEXT NOT NULL,
            tenant_id TEXT, created_at INTEGER NOT NULL, expires_at INTEGER) WITHOUT ROWID;

        CREATE TABLE key_ring (id TEXT PRIMARY KEY, xml TEXT NOT NULL) WITHOUT ROWID;

        CREATE TABLE ledgers (name TEXT PRIMARY KEY, origin TEXT NOT NULL, public_key BLOB NOT NULL, private_key BLOB NOT NULL) WITHOUT ROWID;

        CREATE TABLE checkpoints (
            ledger TEXT NOT NULL, size INTEGER NOT NULL, signed_at INTEGER NOT NULL, note TEXT NOT NULL,
            PRIMARY KEY (ledger, size)) WITHOUT ROWID;

        CREATE TABLE destinations (
            id TEXT PRIMARY KEY, tenant_id TEXT, name TEXT NOT NULL, provider TEXT NOT NULL, definition TEXT NOT NULL, secrets BLOB NOT NULL,
            created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL, deleted_at INTEGER) WITHOUT ROWID;

        CREATE TABLE streams (
            destination_id TEXT PRIMARY KEY REFERENCES destinations(id) ON DELETE CASCADE,
            cursor INTEGER NOT NULL, state TEXT NOT NULL) WITHOUT ROWID;

        CREATE TABLE dead_letters (
            destination_id TEXT NOT NULL REFERENCES destinations(id) ON DELETE CASCADE,
            sequence INTEGER NOT NULL, id TEXT NOT NULL, tenant_id TEXT NOT NULL, reason TEXT NOT NULL, class TEXT NOT NULL,
            at INTEGER NOT NULL, attempts INTEGER NOT NULL, PRIMARY KEY (destination_id, sequence)) WITHOUT ROWID;

        CREATE TABLE gaps (
            id TEXT PRIMARY KEY, destination_id TEXT NOT NULL REFERENCES destinations(id) ON DELETE CASCADE,
            reason TEXT NOT NULL, first INTEGER NOT NULL, last INTEGER, count INTEGER,
            opened_at INTEGER NOT NULL, closed_at INTEGER, refilled_at INTEGER) WITHOUT ROWID;

        CREATE INDEX gaps_of_destination ON gaps (destination_id, opened_at);
        """,
        """
        ALTER TABLE streams ADD COLUMN fence INTEGER NOT NULL DEFAULT 0;

        ALTER TABLE streams ADD COLUMN node TEXT;

        ALTER TABLE streams ADD COLUMN attempts INTEGER NOT NULL DEFAULT 0;

        CREATE TABLE attempts (
            destination_id TEXT NOT NULL REFERENCES destinations(id) ON DELETE CASCADE,
            slot INTEGER NOT NULL, number INTEGER NOT NULL, at INTEGER NOT NULL, first_sequence INTEGER NOT NULL, last_sequence INTEGER NOT NULL,
            events INTEGER NOT NULL, bytes INTEGER NOT NULL, duration_ms INTEGER NOT NULL, result TEXT NOT NULL, class TEXT, http_status INTEGER, message TEXT,
            PRIMARY KEY (destination_id, slot)) WITHOUT ROWID;
        """,
        """
        CREATE TABLE replays (
            id TEXT PRIMARY KEY, destination_id TEXT NOT NULL REFERENCES destinations(id) ON DELETE CASCADE,
            source TEXT NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL, condition TEXT, sequences TEXT, gap_id TEXT, events_per_second INTEGER, created_at INTEGER NOT NULL,
            status TEXT NOT NULL, state TEXT NOT NULL, cursor INTEGER NOT NULL, sent INTEGER NOT NULL, refused INTEGER NOT NULL,
            total INTEGER, first_available INTEGER, reason TEXT, ended_at INTEGER, fence INTEGER NOT NULL, node TEXT) WITHOUT ROWID;

        CREATE INDEX replays_of_destination ON replays (destination_id, id);

        CREATE INDEX replays_by_status ON replays (status, id);

        ALTER TABLE dead_letters ADD COLUMN replay_id TEXT;
        """,
        """
        CREATE TABLE alerts (
            destination_id TEXT PRIMARY KEY REFERENCES destinations(id) ON DELETE CASCADE, state TEXT NOT NULL, version INTEGER NOT NULL) WITHOUT ROWID;

        CREATE INDEX dead_letters_by_time ON dead_letters (destination_id, at);

        ALTER TABLE streams ADD COLUMN delivered INTEGER NOT NULL DEFAULT 0;

        ALTER TABLE streams ADD COLUMN refused INTEGER NOT NULL DEFAULT 0;

        ALTER TABLE streams ADD COLUMN retries INTEGER NOT NULL DEFAULT 0;

        ALTER TABLE streams ADD COLUMN bytes INTEGER NOT NULL DEFAULT 0;
        """,
        """
        ALTER TABLE access_keys ADD COLUMN account_id TEXT;

        ALTER TABLE access_keys ADD COLUMN allowed_networks TEXT;

        ALTER TABLE access_keys ADD COLUMN last_used_at INTEGER;

        CREATE TABLE machine_accounts (
            id TEXT PRIMARY KEY, name TEXT NOT NULL, role TEXT NOT NULL, tenant_id TEXT, allowed_networks TEXT, created_at INTEGER NOT NULL) WITHOUT ROWID;

        CREATE TABLE tenants (
            id TEXT PRIMARY KEY, name TEXT, parent TEXT, is_test INTEGER NOT NULL, streaming INTEGER NOT NULL, exports INTEGER NOT NULL,
            requests_per_minute INTEGER, events_per_minute INTEGER) WITHOUT ROWID;

        CREATE TABLE rate_windows (
            name TEXT NOT NULL, minute INTEGER NOT NULL, used INTEGER NOT NULL, PRIMARY KEY (name, minute)) WITHOUT ROWID;
        """,
        """
        ALTER TABLE replays ADD COLUMN attempts INTEGER NOT NULL DEFAULT 0;

        CREATE TABLE replay_attempts (
            replay_id TEXT NOT NULL REFERENCES replays(id) ON DELETE CASCADE,
            slot INTEGER NOT NULL, number INTEGER NOT NULL, at INTEGER NOT NULL, first_sequence INTEGER NOT NULL, last_sequence INTEGER NOT NULL,
            events INTEGER NOT NULL, bytes INTEGER NOT NULL, duration_ms INTEGER NOT NULL, result TEXT NOT NULL, class TEXT, http_status INTEGER, message TEXT,
            PRIMARY KEY (replay_id, slot)) WITHOUT ROWID;
        """,
        """
        CREATE TABLE own_events (id TEXT PRIMARY KEY, place INTEGER NOT NULL, body BLOB NOT NULL) WITHOUT ROWID;

        CREATE TABLE declared_expiries (
            tenant_id TEXT NOT NULL, id TEXT NOT NULL, type TEXT NOT NULL, name TEXT, not_after INTEGER NOT NULL, PRIMARY KEY (tenant_id, id)) WITHOUT ROWID;

        CREATE INDEX declared_expiries_by_end ON declared_expiries (not_after);
        """,
        """
        CREATE TABLE sessions (
            hash BLOB PRIMARY KEY, kind TEXT NOT NULL, key_hash BLOB, created_at INTEGER NOT NULL, expires_at INTEGER NOT NULL) WITHOUT ROWID;
        """,
        """
        ALTER TABLE sessions ADD COLUMN holder_id TEXT;

        ALTER TABLE sessions ADD COLUMN name TEXT;

        ALTER TABLE sessions ADD COLUMN role TEXT;

        ALTER TABLE sessions ADD COLUMN tenant_id TEXT;

        ALTER TABLE sessions ADD COLUMN account_id TEXT;

        ALTER TABLE sessions ADD COLUMN issuer TEXT;

        ALTER TABLE sessions ADD COLUMN email TEXT;

        CREATE INDEX sessions_by_end ON sessions (expires_at);
        """,
        """
        ALTER TABLE access_keys ADD COLUMN replaced_by TEXT;
        """,
        """
        ALTER TABLE sessions ADD COLUMN viewer_id TEXT;

        ALTER TABLE sessions ADD COLUMN viewer_user TEXT;

        ALTER TABLE sessions ADD COLUMN viewer_filter TEXT;

        CREATE INDEX sessions_by_viewer ON sessions (viewer_id);
        """,
        """
        CREATE TABLE lag_samples (
            destination_id TEXT NOT NULL REFERENCES destinations(id) ON DELETE CASCADE,
            slot INTEGER NOT NULL, at INTEGER NOT NULL, events INTEGER NOT NULL, seconds INTEGER NOT NULL,
            PRIMARY KEY (destination_id, slot)) WITHOUT ROWID;
        """,
    ];

    /// <summary>The same tables with PostgreSQL's types. Texts compare by their bytes on both.</summary>
    public static IReadOnlyList<string> ForPostgres { get; } = [.. Migrations.Select(Translated)];

    private static string Translated(string migration) => SqliteWords().Replace(migration, word => word.Value switch
    {
        "TEXT" => "text COLLATE \"C\"",
        "INTEGER" => "bigint",
        "BLOB" => "bytea",
        _ => "",
    });

    [GeneratedRegex(@"\b(TEXT|INTEGER|BLOB)\b| WITHOUT ROWID\b")]
    private static partial Regex SqliteWords();
}
