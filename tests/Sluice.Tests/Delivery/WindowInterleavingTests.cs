using Sluice.Delivery;
using Sluice.Tests.Fakes;

namespace Sluice.Tests.Delivery;

/// <summary>Random orders of answers, refusals, outages, restarts and new events, for streams of every width.</summary>
public sealed class WindowInterleavingTests
{
    private const int Events = 60;

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(5, false)]
    [InlineData(1, true)]
    [InlineData(4, true)]
    public async Task Every_event_is_confirmed_or_set_aside_and_the_cursor_passes_no_other(int inFlight, bool freezes)
    {
        foreach (var seed in Enumerable.Range(1, 12))
        {
            await using var run = await Interleaving.StartAsync(seed, inFlight, freezes);
            await run.RunAsync();
            run.CheckEnd();
        }
    }

    private sealed class Interleaving : IAsyncDisposable
    {
        private readonly OverlappingDestination _destination = new();
        private readonly HashSet<string> _poison;
        private readonly HashSet<string> _taken = [];
        private readonly Random _random;
        private readonly int _seed;
        private StreamHarness _streams = null!;
        private string _id = "";

        private Interleaving(int seed)
        {
            (_seed, _random) = (seed, new Random(seed));
            // The last ones are good, so that what is refused before anything was taken gets its verdict.
            _poison = [.. Enumerable.Range(0, Events - 5).Where(_ => _random.Next(9) == 0).Select(i => $"evt_{i}")];
        }

        public static async Task<Interleaving> StartAsync(int seed, int inFlight, bool freezes)
        {
            var run = new Interleaving(seed);
            run._streams = await StreamHarness.StartAsync([run._destination.Kind(1 + run._random.Next(6), freezes: freezes)]);
            run._id = (await run._streams.CreateAsync($$"""{"provider":"overlapping","start_from":"beginning","max_in_flight":{{inFlight}},"event_types":["user.*"]}""")).Definition.Id;
            return run;
        }

        public async Task RunAsync()
        {
            for (var steps = 0; _streams.Stand(_id).Cursor < Events - 1; steps++)
            {
                Assert.True(steps < 200_000, $"Seed {_seed} does not come to an end.");
                await StepAsync();
                CheckCursor();
            }
        }

        public void CheckEnd()
        {
            var letters = _streams.DeadLetters(_id).Select(letter => letter.Id).ToHashSet();
            var wanted = Enumerable.Range(0, Events).Where(IsWanted).Select(i => $"evt_{i}").ToHashSet();
            Assert.True(letters.SetEquals(_poison.Where(wanted.Contains)), $"Seed {_seed}: set aside {string.Join(' ', letters)}");
            Assert.True(_taken.SetEquals(wanted.Except(_poison)), $"Seed {_seed}: taken {string.Join(' ', _taken)}");
            // The same name is always the same bytes.
            Assert.All(_destination.All.GroupBy(call => call.Key), calls => Assert.Single(calls.Select(call => call.Bodies).Distinct()));
        }

        public ValueTask DisposeAsync() => _streams.DisposeAsync();

        private async Task StepAsync()
        {
            if (_streams.Ledger.Size < Events && _random.Next(3) == 0) Append();
            if (_random.Next(60) == 0) await _streams.RestartAsync();
            var pending = _destination.Pending;
            if (pending.Count > 0 && _random.Next(4) > 0) Answer(pending[_random.Next(pending.Count)]);
            else if (pending.Count == 0 && _random.Next(4) == 0) _streams.Time.TryAdvanceToNext(TimeSpan.FromSeconds(30));
            await Task.Yield();
        }

        private void Append() => _streams.Ledger.AppendMany(1, action: IsWanted((int)_streams.Ledger.Size) ? "user.login" : "scan.run");

        private void Answer(OverlappingDestination.Call call)
        {
            var isRefused = call.Ids.Any(_poison.Contains);
            if (_random.Next(8) == 0)
            {
                call.Answer(ScriptedDestination.Outage);
                return;
            }

            if (!isRefused) lock (_taken) _taken.UnionWith(call.Ids);
            call.Answer(!isRefused ? ScriptedDestination.Delivered : call.Ids.Length > 1 && _random.Next(2) == 0 ? new DeliveryResult.TooLarge() : ScriptedDestination.Refused);
        }

        private void CheckCursor()
        {
            var cursor = _streams.Stand(_id).Cursor;
            var letters = _streams.DeadLetters(_id).Select(letter => letter.Sequence).ToHashSet();
            for (var i = 0; i <= cursor; i++)
                Assert.True(!IsWanted(i) || _taken.Contains($"evt_{i}") || letters.Contains(i), $"Seed {_seed}: the cursor {cursor} passed {i}");
        }

        private static bool IsWanted(int sequence) => sequence % 7 != 3;
    }
}
