using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Sluice.Delivery;
using Sluice.Delivery.Definitions;
using Sluice.Delivery.Replays;
using Sluice.Delivery.Trials;
using Sluice.Nodes;
using Sluice.Profiles;
using Sluice.Streams;
using Sluice.Telemetry;
using Sluice.Tenants;

namespace Sluice.Tests.Fakes;

/// <summary>Streams of one instance over a scripted ledger, with a clock of their own and a real configuration database, on the engine that <see cref="Sluice.Testing.TestStore"/> names.</summary>
internal sealed class StreamHarness : IAsyncDisposable
{
    public static readonly Caller Admin = new("key_1", "admin", Role.Admin, null);

    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(30);
    private const int LooksForAnAnswer = 10;
    private static readonly DeliverySettings Usual = new() { AllowPrivateEndpoints = true, AllowChangefeeds = true, FillFor = TimeSpan.Zero };

    private readonly IReadOnlyList<DestinationKind> _kinds;
    private readonly Func<DestinationContext, DestinationContext> _surroundings;
    private readonly DeliveryMetrics _metrics = new();
    private readonly NodeMetrics _nodeMetrics = new();
    private OwnedStreams _owned = null!;
    private StreamSupervisor _supervisor = null!;
    private ReplaySupervisor _replaySupervisor = null!;

    private StreamHarness(HarnessStore database, IReadOnlyList<DestinationKind> kinds, DeliverySettings settings, Func<DestinationContext, DestinationContext>? surroundings)
    {
        (Database, _kinds, Settings, _surroundings) = (database, kinds, settings, surroundings ?? (its => its));
        Ledger = new ScriptedLedger(Time);
    }

    public ManualTimeProvider Time { get; } = new();

    public ScriptedLedger Ledger { get; }

    public CapturedLogs Logs { get; } = new();

    public HarnessStore Database { get; }

    public DeliverySettings Settings { get; }

    public StreamControl Control { get; private set; } = null!;

    public NodeInfo Self { get; } = new(Guid.NewGuid(), "sole", "http://sole", "1", 0, 0);

    public StreamViews Views { get; private set; } = null!;

    public DryRun Trials { get; private set; } = null!;

    public StreamStore Store { get; private set; } = null!;

    public DeliveryEnvironment Environment { get; private set; } = null!;

    public ReplayControl Replays { get; private set; } = null!;

    public ReplayStore ReplayStore { get; private set; } = null!;

    /// <param name="settings">Without them private addresses are allowed, and objects wait for nothing.</param>
    public static async Task<StreamHarness> StartAsync(
        IReadOnlyList<DestinationKind> kinds, DeliverySettings? settings = null, Func<DestinationContext, DestinationContext>? surroundings = null)
    {
        var harness = new StreamHarness(await HarnessStore.NewAsync(), kinds, settings ?? Usual, surroundings);
        await harness.StartAsync();
        return harness;
    }

    public static Task<StreamHarness> StartAsync(ScriptedDestination destination, int events = 100) => StartAsync([destination.Kind(events)]);

    public async Task<DestinationView> CreateAsync(string json, Caller? caller = null) =>
        await Control.CreateAsync(JsonNode.Parse(json)!.AsObject(), caller ?? Admin, default);

    public async Task<DestinationView> UpdateAsync(string id, string json) =>
        (await Control.UpdateAsync(id, JsonNode.Parse(json)!.AsObject(), Admin, default))!;

    public IReadOnlyList<Gap> Gaps(string id) => Now(Store.GapsAsync(id));

    public IReadOnlyList<DeadLetter> DeadLetters(string id) => Now(Store.DeadLettersAsync(id, -1, 1_000));

    public IReadOnlyList<Attempt> Attempts(string id) => Now(Views.AttemptsAsync(id, Admin, default))!;

    public StoredStream? Stored(string id) => Now(Store.FindAsync(id));

    public IReadOnlyList<StoredStream> AllStored() => Now(Store.AllAsync());

    public StoredReplay Replay(StoredReplay replay) => Now(ReplayStore.FindAsync(replay.Order.DestinationId, replay.Order.Id))!;

    /// <summary>Waits for a replay to end.</summary>
    public async Task<StoredReplay> EndOfAsync(StoredReplay replay)
    {
        await UntilAsync(() => Replay(replay).Standing.Status != ReplayStatus.Running);
        return Replay(replay);
    }

    public async Task<DestinationView> GetAsync(string id) => (await Views.GetAsync(id, Admin, default))!;

    /// <summary>Where it stands at this moment while it runs, and as it is stored when it does not.</summary>
    public StreamSnapshot Stand(string id) => _owned.Find(id)?.Progress.Snapshot ?? new StreamSnapshot(Stored(id)!.Cursor, Stored(id)!.State);

    /// <summary>Waits for something that streams bring about; time passes whenever they only wait for it.</summary>
    public Task UntilAsync(Func<bool> condition)
    {
        var (looks, requests) = (0, -1L);
        return Eventually.TrueAsync(condition, () =>
        {
            // An answer that is on its way comes first; one that never comes holds up the clock for a moment only.
            if (requests != Time.TimesAsked(AnswerTimeout)) (looks, requests) = (0, Time.TimesAsked(AnswerTimeout));
            if (Time.IsAsked(AnswerTimeout) && looks++ < LooksForAnAnswer) return;
            Time.TryAdvanceToNext(AnswerTimeout);
        });
    }

    /// <summary>The same while the clock stands still.</summary>
    public static Task UntilNowAsync(Func<bool> condition) => Eventually.TrueAsync(condition);

    public Task UntilCursorAsync(string id, long cursor) => UntilAsync(() => Stand(id).Cursor == cursor);

    /// <summary>What looks at these streams each minute; it does not run by itself.</summary>
    public LagKeeping LagKeeping() => new(_supervisor, Environment, Logs.CreateLogger<LagKeeping>());

    /// <summary>Ends and begins again on the same data, as a restart of the program does.</summary>
    public async Task RestartAsync()
    {
        await StopStreamsAsync();
        await Database.ReopenAsync();
        await StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopStreamsAsync();
        await Database.DisposeAsync();
        _metrics.Dispose();
        _nodeMetrics.Dispose();
    }

    /// <summary>For conditions, which cannot wait; the store has answered when it returns.</summary>
    private static T Now<T>(ValueTask<T> answer) => answer.AsTask().GetAwaiter().GetResult();

    private async Task StartAsync()
    {
        Store = new StreamStore(Database);
        var environment = Environment = new DeliveryEnvironment(Store, Settings, _metrics, Time, Logs)
        {
            LedgerOf = _ => Ledger,
            ContextOf = id => _surroundings(new DestinationContext(id, Settings, Time)),
            Random = new Random(1),
            Node = new SoleNode(Self, Time),
        };
        var reader = new DefinitionReader(_kinds, ProfileCatalogue.All, new PlainProtector(), Settings);
        var gaps = new GapCounting(environment, Logs.CreateLogger<GapCounting>());
        _owned = new OwnedStreams(environment, reader, gaps, Logs.CreateLogger<OwnedStreams>());
        _supervisor = new StreamSupervisor(environment, _owned, gaps, _nodeMetrics, Logs.CreateLogger<StreamSupervisor>());
        Views = new StreamViews(_owned, reader, environment, Logs.CreateLogger<StreamViews>());
        Trials = new DryRun(reader, environment);
        Control = new StreamControl(_supervisor, _owned, Views, gaps, reader, environment);
        ReplayStore = new ReplayStore(Database);
        _replaySupervisor = new ReplaySupervisor(environment, ReplayStore, reader, Logs.CreateLogger<ReplaySupervisor>());
        Replays = new ReplayControl(Views, ReplayStore, _replaySupervisor, environment);
        await _supervisor.StartAsync(default);
        await _replaySupervisor.StartAsync(default);
    }

    public async Task StopStreamsAsync()
    {
        var stopping = Task.WhenAll(_replaySupervisor.StopAsync(default), _supervisor.StopAsync(default));
        await UntilAsync(() => stopping.IsCompleted);
        await stopping;
    }
}
