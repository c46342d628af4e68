using Npgsql;
using NpgsqlTypes;
using Sluice.Storage.Postgres;
using Sluice.Storage.Sqlite;

namespace Sluice.Migration;

/// <summary>
/// Copies every row of every table of the configuration in one transaction, in place of what an earlier try copied. It knows no table: those of the
/// folder are all taken, in the order in which they were made, which is that of their references.
/// </summary>
internal sealed class ConfigurationCopy(Database source, NpgsqlConnection target)
{
    public async Task<IReadOnlyList<CopiedTable>> RunAsync(CancellationToken cancellation)
    {
        var (tables, copied) = (Tables(), new List<CopiedTable>());
        await using var transaction = await target.BeginTransactionAsync(cancellation);
        foreach (var table in tables.Reverse()) await ClearAsync(table, cancellation);
        foreach (var table in tables) copied.Add(new CopiedTable(table, await CopyAsync(table, cancellation)));
        await transaction.CommitAsync(cancellation);
        return copied;
    }

    public static async Task<long> CountAsync(NpgsqlConnection target, string table, CancellationToken cancellation)
    {
        await using var count = new NpgsqlCommand($"SELECT count(*) FROM \"{table}\" WHERE {Copied(table)}", target);
        return (long)(await count.ExecuteScalarAsync(cancellation))!;
    }

    private IReadOnlyList<string> Tables()
    {
        var tables = new List<string>();
        using var select = source.Prepare("SELECT name FROM sqlite_master WHERE type='table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY rowid");
        while (select.Step()) tables.Add(select.Text(0));
        return tables;
    }

    private IReadOnlyList<(string Name, NpgsqlDbType Type)> Columns(string table)
    {
        var columns = new List<(string, NpgsqlDbType)>();
        using var select = source.Prepare($"SELECT name, type FROM pragma_table_info('{table}') ORDER BY cid");
        while (select.Step()) columns.Add((select.Text(0), TypeOf(select.Text(1))));
        return columns;
    }

    private static NpgsqlDbType TypeOf(string declared) => declared switch
    {
        "INTEGER" => NpgsqlDbType.Bigint,
        "BLOB" => NpgsqlDbType.Bytea,
        _ => NpgsqlDbType.Text,
    };

    /// <summary>Rows that come from the folder: all but the migration's own mark.</summary>
    private static string Copied(string table) => table == "settings" ? $"name <> '{MigrationMark.Name}'" : "true";

    private async Task ClearAsync(string table, CancellationToken cancellation)
    {
        await using var clear = new NpgsqlCommand($"DELETE FROM \"{table}\" WHERE {Copied(table)}", target) { CommandTimeout = 0 };
        await clear.ExecuteNonQueryAsync(cancellation);
    }

    private async Task<long> CopyAsync(string table, CancellationToken cancellation)
    {
        var columns = Columns(table);
        var names = string.Join(", ", columns.Select(column => $"\"{column.Name}\""));
        using var select = source.Prepare($"SELECT {names} FROM \"{table}\"");
        await using var rows = await target.BeginBinaryImportAsync($"COPY \"{table}\" ({names}) FROM STDIN (FORMAT BINARY)", cancellation);
        var count = 0L;
        for (; select.Step(); count++)
        {
            await rows.StartRowAsync(cancellation);
            for (var i = 0; i < columns.Count; i++) await WriteAsync(rows, select, i, columns[i].Type, cancellation);
        }

        await rows.CompleteAsync(cancellation);
        return count;
    }

    private static Task WriteAsync(NpgsqlBinaryImporter rows, Statement row, int column, NpgsqlDbType type, CancellationToken cancellation) => type switch
    {
        _ when row.IsNull(column) => rows.WriteNullAsync(cancellation),
        NpgsqlDbType.Bigint => rows.WriteAsync(row.Long(column), type, cancellation),
        NpgsqlDbType.Bytea => rows.WriteAsync(row.Blob(column).ToArray(), type, cancellation),
        _ => rows.WriteAsync(PostgresSession.Storable(row.Text(column)), type, cancellation),
    };
}

/// <summary>A table of the configuration, and how many rows of it were copied.</summary>
internal sealed record CopiedTable(string Name, long Rows);
