namespace Sluice.Storage.Sqlite;

/// <summary>Statements on a connection that is the caller's alone meanwhile. Each text is prepared once and kept: there are a few dozen.</summary>
internal sealed class SqliteSession(Database database) : IConfigurationSession, IDisposable
{
    private readonly Dictionary<string, Statement> _prepared = new(StringComparer.Ordinal);

    public ValueTask<IReadOnlyList<T>> QueryAsync<T>(string sql, Func<IConfigurationRow, T> read, params object?[] values)
    {
        var statement = Bound(sql, values);
        var rows = new List<T>();
        try
        {
            while (statement.Step()) rows.Add(read(statement));
        }
        finally
        {
            statement.Reset();
        }

        return ValueTask.FromResult<IReadOnlyList<T>>(rows);
    }

    public ValueTask<int> ExecuteAsync(string sql, params object?[] values)
    {
        var statement = Bound(sql, values);
        try
        {
            while (statement.Step()) { }
        }
        finally
        {
            statement.Reset();
        }

        return ValueTask.FromResult(database.Changes);
    }

    public void Dispose()
    {
        foreach (var statement in _prepared.Values) statement.Dispose();
        _prepared.Clear();
    }

    private Statement Bound(string sql, object?[] values)
    {
        if (!_prepared.TryGetValue(sql, out var statement)) _prepared[sql] = statement = database.Prepare(sql);
        for (var i = 0; i < values.Length; i++) Bind(statement, i + 1, values[i]);
        return statement;
    }

    private static void Bind(Statement statement, int index, object? value) => _ = value switch
    {
        null => statement.BindNull(index),
        string text => statement.Bind(index, text),
        long number => statement.Bind(index, number),
        int number => statement.Bind(index, (long)number),
        bool flag => statement.Bind(index, flag),
        byte[] bytes => statement.Bind(index, (ReadOnlySpan<byte>)bytes),
        _ => throw new ArgumentException($"A {value.GetType().Name} is no value of the configuration.", nameof(value)),
    };
}
