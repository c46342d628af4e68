using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Sluice.Testing;

/// <summary>
/// A real PostgreSQL server of a test's own, on a free port of the loopback interface, in a temporary folder. It ends with the test process.
/// PostgreSQL does not run as root: then it runs as the user <c>postgres</c> that its package makes.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private const string User = "postgres";

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(30);

    private readonly string _data;
    private readonly string[] _settings;
    private Process? _process;
    private int _databases;

    private PostgresServer(string data, int port, string[] settings)
    {
        (_data, Port, _settings) = (data, port, settings);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Remove();
    }

    public int Port { get; }

    /// <summary>The data folder; the server's log stands beside it, with <c>.log</c> at the end.</summary>
    public string Folder => _data;

    /// <param name="isDurable">False leaves out fsync: faster, and just as good against killed processes.</param>
    /// <param name="settings">More settings, as <c>name=value</c>.</param>
    public static async Task<PostgresServer> StartAsync(bool isDurable = false, params string[] settings)
    {
        var data = NewFolder();
        await RunAsync("initdb", "-D", data, "-U", User, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync", "--no-instructions");
        var server = new PostgresServer(data, FreePort(), [.. Settings(isDurable), .. settings]);
        await server.StartAgainAsync();
        return server;
    }

    /// <summary>A streaming replica of this server, under a name that <c>synchronous_standby_names</c> can mention.</summary>
    /// <param name="port">Where it listens; null for any free port.</param>
    public async Task<PostgresServer> ReplicaAsync(string name, int? port = null)
    {
        var data = NewFolder();
        var primary = $"host=127.0.0.1 port={Port} user={User} application_name={name}";
        await RunAsync("pg_basebackup", "-D", data, "-d", primary, "-R", "-X", "stream", "-c", "fast", "--no-sync");
        var replica = new PostgresServer(data, port ?? FreePort(), _settings);
        await replica.StartAgainAsync();
        return replica;
    }

    /// <summary>A fresh, empty database.</summary>
    /// <returns>Its connection string.</returns>
    public async Task<string> NewDatabaseAsync()
    {
        var name = $"test_{Interlocked.Increment(ref _databases)}";
        await ExecuteAsync($"CREATE DATABASE {name}");
        return ConnectionString(name);
    }

    public string ConnectionString(string database = User) => $"Host=127.0.0.1;Port={Port};Username={User};Database={database}";

    /// <summary>Runs statements as the superuser in the database <c>postgres</c>, each in a transaction of its own.</summary>
    public async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString() + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Starts it on the same port and data, after <see cref="Kill"/> or <see cref="StopAsync"/>.</summary>
    public async Task StartAgainAsync()
    {
        var arguments = new List<string> { "-D", _data, "-p", Port.ToString(CultureInfo.InvariantCulture), "-k", _data };
        foreach (var setting in _settings) arguments.AddRange(["-c", setting]);
        await AfterTheLastOneAsync();
        _process = Start("postgres", arguments);
        await ReadyAsync();
    }

    /// <summary>kill -9 of the server; its other processes notice and end.</summary>
    public void Kill()
    {
        if (_process is not { HasExited: false } process) return;
        // Sessions that live on for a moment would still commit.
        process.Kill(entireProcessTree: true);
        process.WaitForExit();
    }

    /// <summary>An orderly end. <c>fast</c> breaks connections off, <c>smart</c> waits for them, <c>immediate</c> needs recovery.</summary>
    public async Task StopAsync(string mode = "fast")
    {
        if (_process is not { HasExited: false } process) return;
        await RunAsync("pg_ctl", "stop", "-D", _data, "-m", mode, "-s");
        await process.WaitForExitAsync();
    }

    /// <summary>Makes a replica the primary.</summary>
    public Task PromoteAsync() => RunAsync("pg_ctl", "promote", "-D", _data, "-w", "-s");

    /// <summary>Sends a signal to the server and everything it started: STOP hangs it whole, CONT lets it go on.</summary>
    public async Task SignalAllAsync(string signal)
    {
        var server = _process!.Id.ToString(CultureInfo.InvariantCulture);
        var children = await OutputAsync("ps", "-o", "pid=", "--ppid", server);
        var all = children.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Append(server);
        await OutputAsync("kill", ["-" + signal, .. all]);
    }

    /// <summary>Makes a folder the server's, as a tablespace needs.</summary>
    public static void GiveFolder(string folder)
    {
        if (Environment.IsPrivilegedProcess) OutputAsync("chown", $"{User}:{User}", folder).GetAwaiter().GetResult();
    }

    public ValueTask DisposeAsync()
    {
        Remove();
        return ValueTask.CompletedTask;
    }

    /// <summary>
    /// Has it killed and its files removed by a process of their own: a hundred sessions and a thousand databases take longer than a test process may take to
    /// end. It stands still first, or it would begin new processes in place of those that die. Whoever reads the tests' output does not wait for it.
    /// </summary>
    private void Remove()
    {
        if (!Directory.Exists(_data)) return;
        var kill = _process is { HasExited: false } process ? $"kill -STOP {process.Id}; pkill -KILL -P {process.Id}; kill -KILL {process.Id}; " : "";
        Process.Start("sh", ["-c", $"exec >/dev/null 2>&1; {kill}rm -rf '{_data}' '{LogOf(_data)}'"])?.Dispose();
    }

    private static string[] Settings(bool isDurable) =>
    [
        "listen_addresses=127.0.0.1", "max_connections=400", "shared_buffers=256MB", "max_wal_size=4GB", "wal_level=replica", "max_wal_senders=8",
        "logging_collector=off", "jit=off", .. isDurable ? Array.Empty<string>() : ["fsync=off", "full_page_writes=off"],
    ];

    /// <summary>The processes of a killed server hold its shared memory for a moment.</summary>
    private async Task AfterTheLastOneAsync()
    {
        var lockFile = Path.Combine(_data, "postmaster.pid");
        if (!File.Exists(lockFile)) return;
        using var limit = new CancellationTokenSource(StartLimit);
        while ((await OutputAsync("sh", "-c", $"pgrep -f -- '-D {_data}( |$)' || pgrep -f '^postgres: .*{Path.GetFileName(_data)}' || true")).Length > 0) await Task.Delay(20, limit.Token);
        File.Delete(lockFile);
    }

    private async Task ReadyAsync()
    {
        using var limit = new CancellationTokenSource(StartLimit);
        while (true)
        {
            if (_process!.HasExited) throw new InvalidOperationException($"PostgreSQL did not start: {await File.ReadAllTextAsync(LogOf(_data), limit.Token)}");
            if (await AnswersAsync(limit.Token)) return;
            await Task.Delay(20, limit.Token);
        }
    }

    private async Task<bool> AnswersAsync(CancellationToken cancellation)
    {
        try
        {
            await using var connection = new NpgsqlConnection(ConnectionString() + ";Pooling=false;Timeout=2");
            await connection.OpenAsync(cancellation);
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    private static Process Start(string program, IReadOnlyList<string> arguments)
    {
        var log = LogOf(arguments[1]);
        var (first, before) = AsOrdinaryUser(PostgresPrograms.Find(program));
        var quoted = string.Join(' ', before.Concat(arguments).Select(argument => $"'{argument}'"));
        return Process.Start(new ProcessStartInfo("sh", ["-c", $"exec '{first}' {quoted} >>'{log}' 2>&1"]) { WorkingDirectory = Path.GetTempPath() })!;
    }

    private static async Task RunAsync(string program, params string[] arguments)
    {
        var (first, before) = AsOrdinaryUser(PostgresPrograms.Find(program));
        await OutputAsync(first, [.. before, .. arguments]);
    }

    private static async Task<string> OutputAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Path.GetTempPath() };
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}: {await errors}{await output}");
        return await output;
    }

    private static (string Program, string[] Before) AsOrdinaryUser(string program) =>
        Environment.IsPrivilegedProcess ? ("setpriv", ["--reuid", User, "--regid", User, "--clear-groups", program]) : (program, []);

    private static string NewFolder()
    {
        var folder = Directory.CreateTempSubdirectory("sluice-pg-").FullName;
        GiveFolder(folder);
        return folder;
    }

    private static string LogOf(string data) => data + ".log";

    private static int FreePort()
    {
        while (true)
        {
            var port = Random.Shared.Next(20_000, 32_000);
            using var listener = new TcpListener(IPAddress.Loopback, port);
            try
            {
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Taken: try another one.
            }
        }
    }
}
