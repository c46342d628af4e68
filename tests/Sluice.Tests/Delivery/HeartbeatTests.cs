using System.Text;
using System.Text.Json.Nodes;
using Sluice.Delivery;
using Sluice.Delivery.Definitions;
using Sluice.Streams;
using Sluice.Tests.Fakes;

namespace Sluice.Tests.Delivery;

public sealed class HeartbeatTests
{
    private const string Every60 = """{"name":"SOC","provider":"scripted","start_from":"beginning","heartbeat_seconds":60}""";

    [Fact]
    public async Task A_quiet_stream_says_that_it_lives_and_what_there_is()
    {
        var heard = new Heard();
        await using var streams = await StreamHarness.StartAsync([heard.Kind()]);
        streams.Ledger.AppendMany(3);
        var id = (await streams.CreateAsync(Every60)).Definition.Id;

        await streams.UntilAsync(() => heard.Bodies.Count(IsHeartbeat) == 2);

        var (first, second) = (heard.Bodies.First(IsHeartbeat), heard.Bodies.Last(IsHeartbeat));
        Assert.Equal("""{"heartbeat":true,"ledger_size":3,"cursor":2}""", first["metadata"]!.ToJsonString());
        Assert.Equal(id, (string)first["resource"]!["id"]!);
        Assert.NotEqual((string)first["id"]!, (string)second["id"]!);
        Assert.Equal(TimeSpan.FromSeconds(60), DateTimeOffset.Parse((string)second["timestamp"]!) - DateTimeOffset.Parse((string)first["timestamp"]!));
        Assert.All(heard.Folders, folder => Assert.Equal("heartbeat", folder));
    }

    [Fact]
    public async Task It_moves_no_cursor_and_is_no_attempt()
    {
        var heard = new Heard();
        await using var streams = await StreamHarness.StartAsync([heard.Kind()]);
        streams.Ledger.AppendMany(3);
        var id = (await streams.CreateAsync(Every60)).Definition.Id;
        await streams.UntilAsync(() => heard.Bodies.Count(IsHeartbeat) == 1);

        Assert.Equal(2, streams.Stand(id).Cursor);
        Assert.Equal(3, Assert.Single(streams.Attempts(id)).Events);
    }

    [Fact]
    public async Task Without_the_member_a_quiet_stream_is_silent()
    {
        var heard = new Heard();
        await using var streams = await StreamHarness.StartAsync([heard.Kind()]);
        await streams.CreateAsync("""{"provider":"scripted"}""");
        streams.Time.Advance(TimeSpan.FromDays(2));
        streams.Ledger.AppendMany(1);
        await streams.UntilAsync(() => heard.Bodies.Count == 1);

        Assert.DoesNotContain(heard.Bodies, IsHeartbeat);
    }

    [Fact]
    public async Task One_that_fails_degrades_the_destination_and_nothing_is_given_up_for_it()
    {
        var heard = new Heard { Answer = ScriptedDestination.Outage };
        await using var streams = await StreamHarness.StartAsync([heard.Kind()]);
        var id = (await streams.CreateAsync(Every60)).Definition.Id;
        var began = streams.Time.GetUtcNow();
        await streams.UntilAsync(() => streams.Time.GetUtcNow() - began > TimeSpan.FromHours(30));

        var state = streams.Stand(id).State;
        Assert.Equal((StreamStatus.Degraded, "It is down.", null), (state.Status, state.LastError!.Message, state.FirstFailureAt));
        Assert.Empty(streams.Gaps(id));

        heard.Answer = ScriptedDestination.Delivered;
        await streams.UntilAsync(() => streams.Stand(id).State.Status == StreamStatus.Active);
        Assert.Null(streams.Stand(id).State.LastError);
    }

    [Fact]
    public async Task Events_are_sent_as_soon_as_an_outage_that_a_heartbeat_found_is_over()
    {
        var heard = new Heard { Answer = ScriptedDestination.Outage };
        await using var streams = await StreamHarness.StartAsync([heard.Kind()]);
        var id = (await streams.CreateAsync(Every60)).Definition.Id;
        await streams.UntilAsync(() => streams.Stand(id).State.Status == StreamStatus.Degraded);

        heard.Answer = ScriptedDestination.Delivered;
        streams.Ledger.AppendMany(5);
        await streams.UntilCursorAsync(id, 4);

        Assert.Equal(StreamStatus.Active, streams.Stand(id).State.Status);
    }

    [Fact]
    public async Task One_that_is_taken_makes_no_refusal_a_verdict()
    {
        var heard = new Heard();
        await using var streams = await StreamHarness.StartAsync([heard.Kind()]);
        var id = (await streams.CreateAsync(Every60)).Definition.Id;
        await streams.UntilAsync(() => heard.Bodies.Any(IsHeartbeat));
        heard.Answer = ScriptedDestination.Refused;
        streams.Ledger.AppendMany(1);
        await streams.UntilAsync(() => streams.Stand(id).State.Status == StreamStatus.Degraded);

        Assert.Empty(streams.DeadLetters(id));
        Assert.Equal(-1, streams.Stand(id).Cursor);
    }

    [Theory]
    [InlineData("9")]
    [InlineData("86401")]
    [InlineData("-1")]
    public async Task Its_range_is_checked(string seconds)
    {
        await using var streams = await StreamHarness.StartAsync([new Heard().Kind()]);

        var refusal = await Assert.ThrowsAsync<DefinitionException>(() => streams.CreateAsync($$"""{"provider":"scripted","heartbeat_seconds":{{seconds}}}"""));

        Assert.Equal(("invalid_value", "heartbeat_seconds"), (refusal.Code, refusal.Field));
    }

    [Fact]
    public async Task Kinds_that_write_objects_have_none()
    {
        await using var streams = await StreamHarness.StartAsync([new Heard().Kind().FreezingBatches()]);

        var refusal = await Assert.ThrowsAsync<DefinitionException>(() => streams.CreateAsync(Every60));

        Assert.Equal("heartbeat_seconds", refusal.Field);
        Assert.Contains("writes objects", refusal.Message, StringComparison.Ordinal);
    }

    private static bool IsHeartbeat(JsonObject body) => (string?)body["action"] == "sluice.destination.heartbeat";

    /// <summary>Remembers the events' texts.</summary>
    private sealed class Heard : IDestination
    {
        private readonly Lock _lock = new();
        private readonly List<(JsonObject Body, string? Folder)> _batches = [];

        public DeliveryResult Answer { get; set; } = ScriptedDestination.Delivered;

        public IReadOnlyList<JsonObject> Bodies
        {
            get
            {
                lock (_lock) return [.. _batches.Select(batch => batch.Body)];
            }
        }

        public IReadOnlyList<string?> Folders
        {
            get
            {
                lock (_lock) return [.. _batches.Where(batch => IsHeartbeat(batch.Body)).Select(batch => batch.Folder)];
            }
        }

        public DestinationKind Kind() => DestinationKind.For<ScriptedSettings>("scripted", new BatchLimits(100, 1_000_000), (_, _) => this);

        public ValueTask<DeliveryResult> SendAsync(EventBatch batch, CancellationToken cancellation)
        {
            lock (_lock)
            {
                for (var i = 0; i < batch.Count; i++) _batches.Add((JsonNode.Parse(Encoding.UTF8.GetString(batch[i].Spelled.Span))!.AsObject(), batch.Folder));
            }

            return ValueTask.FromResult(Answer);
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
