using Microsoft.Extensions.Logging.Abstractions;
using Sluice.Ingest;
using Sluice.SelfAudit;
using Sluice.Tests.Fakes;

namespace Sluice.Tests.SelfAudit;

public sealed class OwnLedgerTests
{
    [Fact]
    public async Task What_finds_no_room_while_the_ledger_cannot_be_written_is_counted_and_told_of_afterwards()
    {
        var (asked, gate, time) = (new TaskCompletionSource(), new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), new ManualTime());
        var ledger = new InMemoryLedger
        {
            WhenAppending = () =>
            {
                asked.TrySetResult();
                return new ValueTask(gate.Task);
            },
        };
        await using var own = new OwnLedger(new IngestQueue(ledger, new IngestSettings(), NullLogger<IngestQueue>.Instance), time, NullLogger<OwnLedger>.Instance);
        await own.StartAsync(default);
        await own.RecordAsync(Event());
        await asked.Task;
        while (own.Waiting < OwnLedger.MostWaiting) await own.RecordAsync(Event());

        var late = Enumerable.Range(0, 3).Select(_ => own.RecordAsync(Event()).AsTask()).ToList();
        Assert.All(late, one => Assert.False(one.IsCompleted));
        time.Advance(TimeSpan.FromMilliseconds(100));
        await Task.WhenAll(late);
        Assert.Equal((3, OwnLedger.MostWaiting), (own.LostEver, own.Waiting));

        gate.SetResult();
        await own.StopAsync(default);

        Assert.Equal((1 + OwnLedger.MostWaiting + 1, 0), (ledger.Asked.Count, own.Waiting));
        var told = Assert.Single(ledger.Asked, body => body.Contains("sluice.audit.lost", StringComparison.Ordinal));
        Assert.Contains("\"count\":3", told, StringComparison.Ordinal);
    }

    private static OwnEvent Event() => new(OwnActions.Call, 1_773_564_137_000_000_000) { Resource = new OwnResource("api", "/x") };
}
