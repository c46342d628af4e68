using Sluice.Storage;

namespace Sluice.Tests.Storage;

public sealed class ConfigurationSchemaTests
{
    [Fact]
    public async Task Both_engines_have_the_same_tables_and_columns()
    {
        await using var sqlite = new SqliteConfiguration();
        await using var postgres = new PostgresConfigurations();

        var ours = await ColumnsAsync(await sqlite.OpenAsync(), """
            SELECT m.name || '.' || c.name || ' ' || lower(c.type) || CASE WHEN c."notnull" = 1 OR c.pk > 0 THEN ' not null' ELSE '' END
            FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table'
            """);
        var theirs = await ColumnsAsync(await postgres.OpenAsync(), """
            SELECT table_name || '.' || column_name || ' ' || CASE data_type WHEN 'bigint' THEN 'integer' WHEN 'bytea' THEN 'blob' ELSE data_type END
                || CASE is_nullable WHEN 'NO' THEN ' not null' ELSE '' END
            FROM information_schema.columns WHERE table_schema = 'sluice' AND table_name <> 'schema_migrations'
            """);

        Assert.Equal(ours, theirs);
        Assert.Contains("streams.fence integer not null", ours);
    }

    private static async Task<IEnumerable<string>> ColumnsAsync(IConfigurationStore store, string sql) =>
        (await store.ReadAsync(session => session.QueryAsync(sql, row => row.Text(0)))).Order(StringComparer.Ordinal);
}
