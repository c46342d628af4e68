using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Npgsql;
using NpgsqlTypes;

namespace Sluice.Storage.Postgres;

/// <summary>Statements inside one transaction.</summary>
internal sealed partial class PostgresSession(NpgsqlConnection connection, CancellationToken cancellation) : IConfigurationSession
{
    /// <summary>In seconds; of one statement.</summary>
    private const int StatementLimit = 3;

    private static readonly ConcurrentDictionary<string, string> Translated = new(StringComparer.Ordinal);

    /// <summary>Sends the statements that open the transaction, in one go with its begin.</summary>
    public async ValueTask OpenAsync(IReadOnlyList<string> statements)
    {
        await using var batch = new NpgsqlBatch(connection) { Timeout = StatementLimit };
        foreach (var statement in statements) batch.BatchCommands.Add(new NpgsqlBatchCommand(statement));
        await batch.ExecuteNonQueryAsync(cancellation);
    }

    public async ValueTask<IReadOnlyList<T>> QueryAsync<T>(string sql, Func<IConfigurationRow, T> read, params object?[] values)
    {
        await using var command = Command(sql, values);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var (row, rows) = (new PostgresRow(reader), new List<T>());
        while (await reader.ReadAsync(cancellation)) rows.Add(read(row));
        return rows;
    }

    public async ValueTask<int> ExecuteAsync(string sql, params object?[] values)
    {
        await using var command = Command(sql, values);
        return await command.ExecuteNonQueryAsync(cancellation);
    }

    private NpgsqlCommand Command(string sql, object?[] values)
    {
        var command = new NpgsqlCommand(Translated.GetOrAdd(sql, text => Placeholder().Replace(text, "$$$1")), connection) { CommandTimeout = StatementLimit };
        foreach (var value in values) command.Parameters.Add(Parameter(value));
        return command;
    }

    /// <summary>A null has no type of its own: the server takes it from where it stands.</summary>
    private static NpgsqlParameter Parameter(object? value) => value switch
    {
        null => new NpgsqlParameter { Value = DBNull.Value },
        string text => new NpgsqlParameter { Value = Storable(text), NpgsqlDbType = NpgsqlDbType.Text },
        long number => new NpgsqlParameter<long> { TypedValue = number, NpgsqlDbType = NpgsqlDbType.Bigint },
        int number => new NpgsqlParameter<long> { TypedValue = number, NpgsqlDbType = NpgsqlDbType.Bigint },
        bool flag => new NpgsqlParameter<bool> { TypedValue = flag, NpgsqlDbType = NpgsqlDbType.Boolean },
        byte[] bytes => new NpgsqlParameter { Value = bytes, NpgsqlDbType = NpgsqlDbType.Bytea },
        _ => throw new ArgumentException($"A {value.GetType().Name} is no value of the configuration.", nameof(value)),
    };

    /// <summary>PostgreSQL has no U+0000 in texts. The id of a refused event may have one, and must not keep it from being set aside.</summary>
    internal static string Storable(string text) => text.Replace('\0', '\uFFFD');

    [GeneratedRegex(@"\?([1-9][0-9]*)")]
    private static partial Regex Placeholder();

    private sealed class PostgresRow(NpgsqlDataReader reader) : IConfigurationRow
    {
        public bool IsNull(int column) => reader.IsDBNull(column);

        public string Text(int column) => reader.GetString(column);

        public long Long(int column) => reader.GetInt64(column);

        public bool Bool(int column) => reader.GetBoolean(column);

        public byte[] Bytes(int column) => reader.GetFieldValue<byte[]>(column);
    }
}
