using Sluice.Delivery;
using Sluice.Profiles;
using Sluice.Streams;
using Sluice.Tests.Fakes;

namespace Sluice.Tests.Delivery;

/// <summary>Many streams look at the ledger in turns; few do not notice, and who has a lot waiting needs none.</summary>
public sealed class TurnsTests
{
    private const int AtOnce = 65, Many = 1_000;

    private readonly ManualTimeProvider _time = new();

    [Fact]
    public void Few_never_wait()
    {
        var turns = new Turns(_time, processors: 2);

        for (var i = 0; i < Many; i++)
        {
            Assert.True(turns.TakeAsync(default).IsCompleted);
            _time.Advance(TimeSpan.FromMilliseconds(1));
        }
    }

    [Fact]
    public void Many_get_their_turns_one_after_the_other_a_thousand_a_second_on_two_processors()
    {
        var turns = new Turns(_time, processors: 2);

        var waiting = Enumerable.Range(0, AtOnce + Many).Select(_ => turns.TakeAsync(default)).ToList();

        Assert.Equal(AtOnce, waiting.Count(turn => turn.IsCompleted));
        _time.Advance(TimeSpan.FromMilliseconds(500));
        Assert.Equal(AtOnce + 500, waiting.Count(turn => turn.IsCompleted));
        _time.Advance(TimeSpan.FromMilliseconds(500));
        Assert.All(waiting, turn => Assert.True(turn.IsCompleted));
    }

    [Fact]
    public void More_processors_have_more_turns()
    {
        var turns = new Turns(_time, processors: 8);

        var waiting = Enumerable.Range(0, AtOnce + Many).Select(_ => turns.TakeAsync(default)).ToList();
        _time.Advance(TimeSpan.FromMilliseconds(250));

        Assert.All(waiting, turn => Assert.True(turn.IsCompleted));
    }

    [Fact]
    public async Task A_turn_that_is_waited_for_finds_everything_that_came_meanwhile()
    {
        var ledger = new ScriptedLedger(_time);
        using var next = Next(ledger, Exhausted());
        ledger.AppendMany(1);
        next.Tend(isWanted: true, long.MaxValue, default);

        Assert.False(next.IsReady);
        Assert.True(next.IsIdle, "A stream that waits for its turn holds no memory.");

        ledger.AppendMany(5);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        await Task.WhenAny(next.Doings);
        next.Tend(isWanted: true, long.MaxValue, default);

        Assert.True(next.IsReady);
        Assert.Equal(6, next.Take().Events.Count);
    }

    [Fact]
    public void Whoever_has_a_whole_batch_waiting_needs_no_turn()
    {
        var ledger = new ScriptedLedger(_time);
        using var next = Next(ledger, Exhausted());
        ledger.AppendMany(300);

        next.Tend(isWanted: true, long.MaxValue, default);

        Assert.True(next.IsReady);
        Assert.Equal(300, next.Take().Events.Count);
    }

    private Turns Exhausted()
    {
        var turns = new Turns(_time, processors: 2);
        for (var i = 0; i < AtOnce; i++) turns.TakeAsync(default);
        return turns;
    }

    private NextBatch Next(ScriptedLedger ledger, Turns turns)
    {
        var reader = new BatchReader(ledger, new StreamFilter(null, [], [], null), ProfileCatalogue.All.First(profile => profile.Name == "sluice"), new BatchLimits(300, 1_000_000));
        return new NextBatch(ledger, reader, new EventBuffers(2), turns, TimeSpan.Zero, _time);
    }
}
