using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Npgsql;
using Sluice.Delivery;
using Sluice.Delivery.Definitions;
using Sluice.Delivery.Replays;
using Sluice.Nodes;
using Sluice.Profiles;
using Sluice.Storage;
using Sluice.Storage.Postgres;
using Sluice.Streams;
using Sluice.Telemetry;

namespace Sluice.Tests.Fakes;

/// <summary>One node's streams on a real PostgreSQL, over a ledger and a destination in memory.</summary>
internal sealed class DeliveryNode : IAsyncDisposable
{
    private static readonly DeliverySettings Settings = new() { AllowPrivateEndpoints = true };

    private readonly PostgresSource _source;
    private readonly DeliveryMetrics _metrics = new();
    private readonly NodeMetrics _nodeMetrics = new();
    private readonly StreamSupervisor _supervisor;
    private readonly OwnedStreams _owned;
    private readonly ReplaySupervisor _replays;
    private bool _hasStopped;

    private DeliveryNode(PostgresSource source, string name, ScriptedLedger ledger, IDestination destination, TimeProvider? clockOfItsSession, bool freezes)
    {
        _source = source;
        Node = new PostgresNode(
            source, new NodeInfo(Guid.NewGuid(), name, $"http://{name}", "1", 0, 0), clockOfItsSession ?? TimeProvider.System, _nodeMetrics, Logs.CreateLogger<PostgresNode>());
        Configuration = new PostgresConfiguration(source);
        Store = new StreamStore(Configuration);
        var environment = Environment = new DeliveryEnvironment(Store, Settings, _metrics, TimeProvider.System, Logs)
        {
            LedgerOf = _ => ledger,
            ContextOf = id => new DestinationContext(id, Settings, TimeProvider.System),
            Node = Node,
        };
        var kind = DestinationKind.For<ScriptedSettings>("scripted", new BatchLimits(10, 1_000_000), (_, _) => destination);
        if (freezes) kind = kind.FreezingBatches();
        var reader = new DefinitionReader([kind], ProfileCatalogue.All, new PlainProtector(), Settings);
        var gaps = new GapCounting(environment, Logs.CreateLogger<GapCounting>());
        _owned = new OwnedStreams(environment, reader, gaps, Logs.CreateLogger<OwnedStreams>());
        _supervisor = new StreamSupervisor(environment, _owned, gaps, _nodeMetrics, Logs.CreateLogger<StreamSupervisor>());
        Views = new StreamViews(_owned, reader, environment, Logs.CreateLogger<StreamViews>());
        ReplayStore = new ReplayStore(Configuration);
        _replays = new ReplaySupervisor(environment, ReplayStore, reader, Logs.CreateLogger<ReplaySupervisor>());
        Replays = new ReplayControl(Views, ReplayStore, _replays, environment);
        Control = new StreamControl(_supervisor, _owned, Views, gaps, reader, environment);
    }

    public PostgresNode Node { get; }

    public IConfigurationStore Configuration { get; }

    public DeliveryEnvironment Environment { get; }

    public StreamStore Store { get; }

    public StreamViews Views { get; }

    public StreamControl Control { get; }

    public ReplayStore ReplayStore { get; }

    public ReplayControl Replays { get; }

    /// <summary>The replays that run here.</summary>
    public IReadOnlyList<string> RunningReplays => _replays.Running;

    public CapturedLogs Logs { get; } = new();

    /// <summary>The streams that run here.</summary>
    public IReadOnlyList<string> Running => [.. _owned.All.Where(stream => !stream.Running.IsCompleted).Select(stream => stream.Definition.Id).Order(StringComparer.Ordinal)];

    public static async Task PrepareAsync(string database)
    {
        await using var source = PostgresSource.Open(database, "test");
        await PostgresSchema.ApplyAsync(source, [SchemaPart.Configuration, SchemaPart.Nodes]);
    }

    /// <param name="freezes">Its kind's batches stay as they were cut.</param>
    /// <param name="clockOfItsSession">A clock that stands still makes the node hang, as far as the others can see.</param>
    public static async Task<DeliveryNode> StartAsync(string database, string name, ScriptedLedger ledger, IDestination destination, TimeProvider? clockOfItsSession = null, bool freezes = false)
    {
        var node = new DeliveryNode(PostgresSource.Open(database, name), name, ledger, destination, clockOfItsSession, freezes);
        await node.Node.StartAsync(default);
        await node._supervisor.StartAsync(default);
        await node._replays.StartAsync(default);
        return node;
    }

    /// <summary>What the others see when a node is killed: the session that holds its locks is gone. Its row still says that it was seen a moment ago.</summary>
    public static async Task KillSessionAsync(string database, string name)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(
            "SELECT pg_terminate_backend(pid) FROM pg_locks JOIN pg_stat_activity USING (pid) WHERE locktype = 'advisory' AND application_name = $1", connection)
        {
            Parameters = { new() { Value = $"sluice {name}" } },
        };
        await command.ExecuteNonQueryAsync();
    }

    public async Task<string> CreateAsync(string json = """{"provider":"scripted","start_from":"beginning"}""")
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                return (await Control.CreateAsync(JsonNode.Parse(json)!.AsObject(), StreamHarness.Admin, default)).Definition.Id;
            }
            catch (StreamElsewhereException) when (tries < 200)
            {
                await Task.Delay(20);   // its session is about to be opened
            }
        }
    }

    /// <summary>Ends in order, as a program does that is told to.</summary>
    public async Task StopAsync()
    {
        if (_hasStopped) return;
        _hasStopped = true;
        await _replays.StopAsync(default);
        await _supervisor.StopAsync(default);
        await Node.StopAsync(default);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _replays.Dispose();
        _supervisor.Dispose();
        Node.Dispose();
        await _source.DisposeAsync();
        _metrics.Dispose();
        _nodeMetrics.Dispose();
    }
}
