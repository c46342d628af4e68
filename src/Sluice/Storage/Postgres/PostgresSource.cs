using Npgsql;

namespace Sluice.Storage.Postgres;

/// <summary>
/// Connections to the instance's PostgreSQL. What the user's connection string says holds; what it leaves out is set so that trouble shows within a
/// second and a node that hangs holds nothing for long.
/// </summary>
public sealed class PostgresSource : IAsyncDisposable
{
    /// <summary>Where Sluice's tables live unless the connection string has a search path.</summary>
    public const string DefaultSchema = "sluice";

    /// <summary>A session that stopped inside a transaction loses it, and its locks, after this time.</summary>
    public static readonly TimeSpan IdleInTransaction = TimeSpan.FromSeconds(3);

    private readonly NpgsqlConnectionStringBuilder _settings;
    private readonly NpgsqlDataSource _unpooled;
    private NpgsqlDataSource _pool;

    private PostgresSource(string text, string node)
    {
        var its = new NpgsqlConnectionStringBuilder(text);
        Schema = its.SearchPath is { Length: > 0 } path ? path.Split(',')[0].Trim().Trim('"') : DefaultSchema;
        Complete(its, node);
        (Node, _settings, _pool) = (node, its, Build(its));
        _unpooled = Build(new NpgsqlConnectionStringBuilder(its.ConnectionString) { Pooling = false, MaxAutoPrepare = 0 });
    }

    /// <summary>The name under which this node is known to the others.</summary>
    public string Node { get; }

    public string Schema { get; }

    /// <summary>For short statements and transactions; whoever holds a connection for long opens one outside: <see cref="OpenUnpooledAsync"/>.</summary>
    public NpgsqlDataSource Pool => Volatile.Read(ref _pool);

    /// <param name="connection">As the user wrote it: <c>Host=…;Database=…;Username=…;Password=…</c>. Several hosts are tried for the primary.</param>
    /// <exception cref="ArgumentException">It is no connection string.</exception>
    public static PostgresSource Open(string connection, string node) => new(connection, node);

    /// <summary>Whether a text is a connection string that names a host.</summary>
    public static bool IsUsable(string connection)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(connection).Host is { Length: > 0 };
        }
        catch (Exception error) when (error is ArgumentException or FormatException or InvalidCastException or OverflowException)
        {
            return false;
        }
    }

    /// <exception cref="StorageUnavailableException">There is no connection to be had now.</exception>
    public ValueTask<NpgsqlConnection> OpenAsync(CancellationToken cancellation) => OpenAsync(Pool, cancellation);

    /// <summary>A connection for whoever keeps it: closing it ends its session, and what the session holds is free at once.</summary>
    /// <exception cref="StorageUnavailableException">There is no connection to be had now.</exception>
    public ValueTask<NpgsqlConnection> OpenUnpooledAsync(CancellationToken cancellation) => OpenAsync(_unpooled, cancellation);

    public async ValueTask DisposeAsync()
    {
        await _unpooled.DisposeAsync();
        await Pool.DisposeAsync();
    }

    private static async ValueTask<NpgsqlConnection> OpenAsync(NpgsqlDataSource from, CancellationToken cancellation)
    {
        try
        {
            return await from.OpenConnectionAsync(cancellation);
        }
        catch (Exception error) when (PostgresErrors.Of(error) is { } trouble)
        {
            throw trouble;
        }
    }

    /// <summary>
    /// Begins a fresh pool in place of one whose connections hang or lead to a server that is no longer the primary: they would hold their places in it
    /// until the network gives them up. Nothing happens when somebody else has done so.
    /// </summary>
    internal void Renew(NpgsqlDataSource seen)
    {
        var fresh = Build(_settings);
        var old = Interlocked.CompareExchange(ref _pool, fresh, seen);
        (old == seen ? seen : fresh).Dispose();
    }

    private static void Complete(NpgsqlConnectionStringBuilder its, string node)
    {
        var given = its.Keys.Cast<string>().ToHashSet(StringComparer.OrdinalIgnoreCase);
        if (!given.Contains("Application Name")) its.ApplicationName = $"sluice {node}";
        if (!given.Contains("Search Path")) its.SearchPath = DefaultSchema;
        if (!given.Contains("Timeout")) its.Timeout = 2;
        if (!given.Contains("Command Timeout")) its.CommandTimeout = 30;
        if (!given.Contains("Maximum Pool Size")) its.MaxPoolSize = 20;
        if (!given.Contains("Max Auto Prepare")) (its.MaxAutoPrepare, its.AutoPrepareMinUsages) = (64, 2);
        if (!given.Contains("Include Error Detail")) its.IncludeErrorDetail = false;
        if (!given.Contains("Tcp Keepalive Time")) (its.TcpKeepAlive, its.TcpKeepAliveTime, its.TcpKeepAliveInterval) = (true, 5, 1);
        its.Options = Options(its.Options ?? "");
    }

    /// <summary>
    /// Settings of each session; those that the user gave stand last, so they win. Every statement of ours has an index to go by, and a plan that is kept
    /// from when its table was empty must not read the whole table later.
    /// </summary>
    private static string Options(string users)
    {
        var milliseconds = (long)IdleInTransaction.TotalMilliseconds;
        return $"-c synchronous_commit=on -c idle_in_transaction_session_timeout={milliseconds} -c enable_seqscan=off -c client_min_messages=warning {users}".TrimEnd();
    }

    private static NpgsqlDataSource Build(NpgsqlConnectionStringBuilder its)
    {
        var builder = new NpgsqlDataSourceBuilder(its.ConnectionString);
        if (its.Host is not { } host || !host.Contains(',', StringComparison.Ordinal)) return builder.Build();
        return builder.BuildMultiHost().WithTargetSession(TargetSessionAttributes.Primary);
    }
}
