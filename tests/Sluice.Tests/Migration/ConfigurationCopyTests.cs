using System.Globalization;
using Npgsql;
using Sluice.Migration;
using Sluice.Storage.Postgres;
using Sluice.Storage.Sqlite;
using Sluice.Testing;

namespace Sluice.Tests.Migration;

public sealed class ConfigurationCopyTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Every_row_of_every_table_that_the_schema_has_is_copied_and_again_in_place_of_it()
    {
        ConfigurationDatabase.Open(_folder.Path).Dispose();
        using var source = Database.Open(_folder.File(ConfigurationDatabase.FileName));
        await using var target = PostgresSource.Open(await SharedPostgres.NewDatabaseAsync(), "test");
        await PostgresSchema.ApplyAsync(target, [SchemaPart.Configuration]);
        await using var connection = await target.OpenAsync(default);
        var tables = await RowsAsync(connection, "SELECT tablename FROM pg_tables WHERE schemaname = 'sluice' AND tablename <> 'schema_migrations' ORDER BY tablename");
        foreach (var table in ByReferences(source)) Fill(source, table);

        await new ConfigurationCopy(source, connection).RunAsync(default);
        var copied = await new ConfigurationCopy(source, connection).RunAsync(default);

        Assert.Equal(tables, copied.Select(table => table.Name).Order(StringComparer.Ordinal));
        foreach (var table in copied)
        {
            Assert.Equal(2, table.Rows);
            var columns = Columns(source, table.Name).ToList();
            Assert.Equal(Rows(source, table.Name, columns), await RowsAsync(connection, table.Name, columns));
        }
    }

    /// <summary>Two rows: one with every column set, one with nothing but what must be.</summary>
    private static void Fill(Database source, string table)
    {
        var columns = Columns(source, table).ToList();
        for (var row = 1; row <= 2; row++)
        {
            using var insert = source.Prepare($"INSERT INTO \"{table}\" VALUES ({string.Join(", ", columns.Select((_, i) => $"?{i + 1}"))})");
            for (var i = 0; i < columns.Count; i++)
            {
                var (name, type, needed) = columns[i];
                if (row == 2 && !needed) insert.Bind(i + 1, (string?)null);
                else if (type == "INTEGER") insert.Bind(i + 1, (1L << 40) + (10 * row) + i);
                else if (type == "BLOB") insert.Bind(i + 1, new byte[] { 0, 255, (byte)row });
                else insert.Bind(i + 1, Reference(table, name) is { } reference ? $"{reference}_{row}" : $"é{name}\t{row}\n");
            }

            insert.Run();
        }
    }

    /// <summary>Columns whose values must be found in another table.</summary>
    private static string? Reference(string table, string column) => (table, column) switch
    {
        ("destinations", "id") or (_, "destination_id") => "dst",
        ("replays", "id") or (_, "replay_id") => "rpl",
        _ => null,
    };

    /// <summary>A table is made after those that it refers to.</summary>
    private static List<string> ByReferences(Database source)
    {
        var tables = new List<string>();
        using var select = source.Prepare("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY rowid");
        while (select.Step()) tables.Add(select.Text(0));
        return tables;
    }

    private static IEnumerable<(string Name, string Type, bool Needed)> Columns(Database source, string table)
    {
        using var select = source.Prepare($"SELECT name, type, \"notnull\" OR pk FROM pragma_table_info('{table}') ORDER BY cid");
        while (select.Step()) yield return (select.Text(0), select.Text(1), select.Bool(2));
    }

    private static List<string> Rows(Database source, string table, IReadOnlyList<(string Name, string Type, bool Needed)> columns)
    {
        var rows = new List<string>();
        using var select = source.Prepare($"SELECT {string.Join(", ", columns.Select(column => column.Name))} FROM \"{table}\"");
        while (select.Step())
        {
            rows.Add(string.Join('|', columns.Select((column, i) => select.IsNull(i) ? "-" : column.Type switch
            {
                "INTEGER" => select.Long(i).ToString(CultureInfo.InvariantCulture),
                "BLOB" => Convert.ToHexString(select.Blob(i)),
                _ => select.Text(i),
            })));
        }

        return [.. rows.Order(StringComparer.Ordinal)];
    }

    private static async Task<List<string>> RowsAsync(NpgsqlConnection connection, string table, IReadOnlyList<(string Name, string Type, bool Needed)> columns)
    {
        var values = columns.Select(column => column.Type == "BLOB" ? $"coalesce(upper(encode({column.Name}, 'hex')), '-')" : $"coalesce({column.Name}::text, '-')");
        return [.. (await RowsAsync(connection, $"SELECT concat_ws('|', {string.Join(", ", values)}) FROM {table}")).Order(StringComparer.Ordinal)];
    }

    private static async Task<IReadOnlyList<string>> RowsAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync()) rows.Add(reader.GetString(0));
        return rows;
    }
}
