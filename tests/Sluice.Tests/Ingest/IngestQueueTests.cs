using Microsoft.Extensions.Logging.Abstractions;
using Sluice.Ingest;
using Sluice.Storage;
using Sluice.Tests.Fakes;

namespace Sluice.Tests.Ingest;

public sealed class IngestQueueTests
{
    [Fact]
    public async Task Who_waits_behind_a_store_that_cannot_write_is_told_with_the_first_and_the_next_one_is_tried()
    {
        var (asked, answer, appends) = (new TaskCompletionSource(), new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), 0);
        var ledger = new InMemoryLedger
        {
            WhenAppending = async () =>
            {
                asked.TrySetResult();
                if (++appends == 1) await answer.Task;
            },
        };
        await using var queue = new IngestQueue(ledger, new IngestSettings(), NullLogger<IngestQueue>.Instance);
        using var first = Some.Batch(Some.EventWithId("a"));
        Assert.True(queue.TryEnqueue(first, out var firstDone));
        await asked.Task;
        var behind = Enumerable.Range(0, 5).Select(i => Some.Batch(Enumerable.Range(0, 900).Select(e => Some.EventWithId($"b{i}-{e}")))).ToList();
        var waiting = behind.Select(batch => queue.TryEnqueue(batch, out var done) ? done : throw new InvalidOperationException("The queue is full.")).ToList();

        answer.SetException(new StorageUnavailableException("The database is away."));

        foreach (var done in waiting.Prepend(firstDone)) await Assert.ThrowsAsync<StorageUnavailableException>(() => done);
        Assert.Equal(1, appends);
        Assert.Equal(0, queue.WaitingBytes);
        using var later = Some.Batch(Some.EventWithId("c"));
        Assert.True(queue.TryEnqueue(later, out var laterDone));
        await laterDone;
        foreach (var batch in behind) batch.Dispose();
    }
}
