using FsCheck;
using FsCheck.Fluent;
using Sluice.Delivery;
using Sluice.Profiles;
using Sluice.Tests.Fakes;

namespace Sluice.Tests.Delivery;

public sealed class BisectionTests
{
    [Fact]
    public void Whatever_is_poisoned_is_isolated_and_the_rest_leaves_in_order() =>
        Prop.ForAll(Gen.Choose(1, 300).SelectMany(PoisonOf).ToArbitrary(), poisoned =>
        {
            var (taken, isolated) = Run(poisoned);
            var all = Enumerable.Range(0, poisoned.Length).ToList();
            return taken.SequenceEqual(all.Where(i => !poisoned[i])) && isolated.SequenceEqual(all.Where(i => poisoned[i]));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void One_poisoned_event_in_a_thousand_costs_about_twenty_requests()
    {
        var poisoned = new bool[1_000];
        poisoned[613] = true;
        var requests = 0;

        Run(poisoned, () => requests++);

        Assert.InRange(requests, 10, 21);
    }

    [Fact]
    public async Task Through_the_whole_engine_exactly_the_poisoned_events_become_dead_letters()
    {
        foreach (var seed in Enumerable.Range(1, 12))
        {
            var random = new Random(seed);
            var poison = Enumerable.Range(0, 300).Where(i => i % 15 != 14 && random.Next(4) == 0).Select(i => $"evt_{i}").ToHashSet();
            var destination = new ScriptedDestination { Answer = ids => ids.Any(poison.Contains) ? ScriptedDestination.Refused : ScriptedDestination.Delivered };
            await using var streams = await StreamHarness.StartAsync(destination, events: 1 + random.Next(80));
            streams.Ledger.AppendMany(300);
            var id = (await streams.CreateAsync("""{"provider":"scripted","start_from":"beginning"}""")).Definition.Id;

            await streams.UntilCursorAsync(id, 299);

            Assert.Equal(Enumerable.Range(0, 300).Select(i => $"evt_{i}").Where(evt => !poison.Contains(evt)), destination.Taken);
            Assert.Equal(poison.Order(), streams.DeadLetters(id).Select(letter => letter.Id).Order());
        }
    }

    private static Gen<bool[]> PoisonOf(int length) => Gen.Frequency((4, Gen.Constant(false)), (1, Gen.Constant(true))).ArrayOf(length);

    private static (List<int> Taken, List<int> Isolated) Run(bool[] poisoned, Action? onRequest = null)
    {
        var (taken, isolated) = (new List<int>(), new List<int>());
        using var buffers = new EventBuffers(1);
        var window = new Window(-1);
        window.Add(Events(buffers, poisoned.Length));
        while (window.FirstWaiting is { } part)
        {
            onRequest?.Invoke();
            var range = Enumerable.Range((int)part.First, part.Count).ToList();
            if (range.Any(i => poisoned[i]) && part.Count > 1)
            {
                window.Halve(part);
                continue;
            }

            (poisoned[range[0]] ? isolated : taken).AddRange(range);
            window.Settle(part);
        }

        Assert.Equal((poisoned.Length - 1, true), (window.Mark, buffers.HasFree));
        return (taken, isolated);
    }

    private static SharedEvents Events(EventBuffers buffers, int count)
    {
        var shared = buffers.TryRent()!;
        for (var i = 0; i < count; i++)
        {
            shared.Events.Page.Add(i, 1, default, "{}"u8);
            shared.Events.TrySpellNext(SluiceProfile.Instance, new BatchLimits(count, int.MaxValue));
        }

        shared.Events.Through = count - 1;
        return shared;
    }
}
