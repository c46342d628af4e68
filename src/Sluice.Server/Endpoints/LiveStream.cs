using System.Buffers;
using System.Text;
using Sluice.Profiles;
using Sluice.Query;
using Sluice.Storage;

namespace Sluice.Server.Endpoints;

/// <summary>One reader of the live view. It pulls like every other reader and holds one batch; nothing upstream knows of it.</summary>
internal sealed class LiveStream(EventQuery query, long from, Func<long, string> tokenAt, StreamedAnswer answer, TimeProvider time)
{
    /// <summary>Events that may be committed while a reader does not take what was sent to it; then its connection is closed.</summary>
    public const int MaxBehind = 10_000;

    /// <summary>How often a comment keeps the connection open.</summary>
    public static readonly TimeSpan CommentEvery = TimeSpan.FromSeconds(15);

    private readonly ILedgerReader _ledger = query.Ledger;
    private long _position = from;
    private long _named = -1;
    private long _commented;

    /// <summary>Returns only by cancellation: that the server stops, or the reader is gone.</summary>
    /// <exception cref="ReaderTooSlowException">It fell too far behind.</exception>
    public async Task RunAsync(CancellationToken cancellation)
    {
        Comment();
        await FlushAsync(cancellation);
        while (true)
        {
            await SendNewAsync(cancellation);
            if (time.GetElapsedTime(_commented) >= CommentEvery) Comment();
            if (answer.Waiting > 0) await FlushAsync(cancellation);
            await WaitAsync(cancellation);
        }
    }

    private async Task SendNewAsync(CancellationToken cancellation)
    {
        var size = _ledger.Size;
        if (size <= _position) return;
        using var walk = new EventWalk(query, await query.NarrowAsync(new SequenceSpan(_position, size, false), cancellation));
        while (await walk.NextAsync(cancellation))
        {
            _position = walk.Current.Sequence + 1;
            Name();
            answer.Write("data: "u8);
            SluiceProfile.Instance.Write(walk.Current, answer);
            answer.Write("\n\n"u8);
            if (answer.IsFull) await FlushAsync(cancellation);
        }

        _position = size;
    }

    /// <summary>A comment names the place too when nothing matched for a while: whoever comes back need not read that again.</summary>
    private void Comment()
    {
        _commented = time.GetTimestamp();
        if (_named != _position) Name();
        answer.Write(": \n\n"u8);
    }

    private void Name()
    {
        _named = _position;
        answer.Write(Encoding.ASCII.GetBytes($"id: {tokenAt(_position)}\n"));
    }

    private async Task WaitAsync(CancellationToken cancellation)
    {
        var left = CommentEvery - time.GetElapsedTime(_commented);
        if (left <= TimeSpan.Zero) return;
        using var pause = new CancellationTokenSource(left, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(pause.Token, cancellation);
        try
        {
            await _ledger.WaitForMoreThanAsync(_position, either.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // Time for a comment.
        }
    }

    private async Task FlushAsync(CancellationToken cancellation)
    {
        var flushing = answer.FlushAsync(cancellation);
        if (flushing.IsCompleted) await flushing;
        else await FlushSlowlyAsync(flushing.AsTask(), cancellation);
    }

    /// <summary>The reader does not take what was sent: gives it until too much was committed meanwhile.</summary>
    private async Task FlushSlowlyAsync(Task flushing, CancellationToken cancellation)
    {
        using var taken = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var tooMuch = _ledger.WaitForMoreThanAsync(Math.Max(_position, _ledger.Size) + MaxBehind - 1, taken.Token).AsTask();
        var first = await Task.WhenAny(flushing, tooMuch);
        if (first == tooMuch && tooMuch.IsCompletedSuccessfully && !flushing.IsCompleted) throw new ReaderTooSlowException();
        await taken.CancelAsync();
        await flushing;
    }
}
