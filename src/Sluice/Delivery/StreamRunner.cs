using Sluice.Storage;
using Sluice.Streams;

namespace Sluice.Delivery;

/// <summary>
/// The loop of one stream: read a batch, send it, judge what came of it, and meanwhile read the next one. Sendings run beside it, at most so many as the user
/// allows; everything else happens here, one step after the other. Memory is bounded by the batches on their way and one more.
/// </summary>
internal sealed class StreamRunner(
    ILedgerReader ledger, NextBatch next, Window window, EventBuffers buffers, BatchLauncher launcher, BatchDelivery delivery, Outage outage, StreamProgress progress,
    Heartbeat heartbeat) : IDisposable
{
    /// <summary>Batches that wait for a destination's word that it keeps what it took.</summary>
    private const int MostAnswered = 64;

    /// <summary>A stream that waits longer than this holds no events; it reads them again.</summary>
    private static readonly TimeSpan LongestHeld = TimeSpan.FromSeconds(0.5);

    private long _end;
    private bool _isTimeOver;

    // As the current step found it: what changes behind its back must wake the next one.
    private long _firstKept;
    private bool _hasRoom;
    private bool _isTended;
    private Task? _quiet;
    private Task _stopped = Task.CompletedTask;
    private CancellationToken _stopping;

    /// <summary>Batches from the oldest unsettled to the newest; more only while a destination keeps its word for later.</summary>
    private int WidestSpan => window.Answered > 0 ? MostAnswered : launcher.MostInFlight;

    private bool HasNothingToSend => !window.HasOpen && next.IsIdle && next.Position >= Math.Min(ledger.Size, _end);

    private bool IsQuiet => HasNothingToSend && window.IsEmpty;

    /// <summary>Returns when the stream has given up or, being deleted, has flushed everything.</summary>
    /// <param name="stop">Ends it once what is on its way has come to an end.</param>
    /// <param name="abort">Ends that too.</param>
    public async Task RunAsync(CancellationToken stop, CancellationToken abort)
    {
        using var breakOff = CancellationTokenSource.CreateLinkedTokenSource(abort);
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(stop);
        _stopping = stopping.Token;
        _stopped = Task.Delay(Timeout.Infinite, stopping.Token);
        _end = progress.State.Deletion?.End ?? long.MaxValue;
        try
        {
            await next.RewindAsync(launcher.Restore(progress.State.Frozen) + 1);
            while (await StepAsync(stop, breakOff.Token)) { }
        }
        finally
        {
            await breakOff.CancelAsync();
            await stopping.CancelAsync();
            await ForgetAsync();
            await progress.KeepAsync();
        }
    }

    public void Dispose()
    {
        next.Dispose();
        buffers.Dispose();
    }

    /// <returns>False when there is nothing left to do.</returns>
    private async ValueTask<bool> StepAsync(CancellationToken stop, CancellationToken abort)
    {
        _firstKept = ledger.First;
        if (window.UnderWay.FirstOrDefault(flight => flight.Ending.IsCompleted) is { } ended) await SettleAsync(ended, await ended.Ending, stop, abort);
        else if (stop.IsCancellationRequested || next.HasFailed) await EndAsync(stop);
        else if (_isTimeOver || delivery.Distrust is not null) return await CloseAsync(stop);
        else if (window.IsEmpty && next.IsIdle && next.Position >= _end) return false;
        else if (window.HasSuspects && HasNothingToSend) delivery.DistrustSuspects();
        else if (FirstKept() is { } first) await LoseAsync(first, stop);
        else if (!await TakeUpAsync(stop) && !await TrySendAsync(stop, abort) && !await TryBeatAsync(stop, abort)) await WaitAsync(stop);
        progress.OldestPendingAt = window.OldestAt ?? next.OldestAt ?? (window.IsEmpty ? null : progress.OldestPendingAt);
        return true;
    }

    private async ValueTask SettleAsync(Flight flight, DeliveryResult? result, CancellationToken stop, CancellationToken abort)
    {
        var isClosing = _isTimeOver || delivery.Distrust is not null;
        if (result is null && flight.Count == 0 && ledger.First <= flight.First) await PassAsync(flight);
        else if (result is null) flight.State = FlightState.Waiting;
        else if (!isClosing) await delivery.SettleAsync(flight, result, stop, abort);
        else if (_isTimeOver && result is DeliveryResult.Delivered) await delivery.ConfirmAsync(flight, abort);
        else flight.State = FlightState.Waiting;
        if (outage.IsOn && outage.Length > LongestHeld) await LetGoAsync();
    }

    /// <summary>What retention left of it holds nothing for this stream.</summary>
    private ValueTask PassAsync(Flight flight)
    {
        window.Settle(flight);
        return delivery.PassAsync();
    }

    /// <summary>What is on its way may come to its end; nothing else begins.</summary>
    private async ValueTask EndAsync(CancellationToken stop)
    {
        if (window.Flying > 0)
        {
            await Task.WhenAny(window.UnderWay.Select(flight => flight.Ending));
            return;
        }

        stop.ThrowIfCancellationRequested();
        await next.FailAsync();
    }

    /// <returns>Whether it goes on.</returns>
    private async ValueTask<bool> CloseAsync(CancellationToken stop)
    {
        if (window.Flying > 0)
        {
            await Task.WhenAny(window.UnderWay.Select(flight => flight.Ending).Append(_stopped));
            return true;
        }

        if (delivery.Distrust is not null)
        {
            await delivery.DistrustAsync(stop);
            await next.RewindAsync(progress.Cursor + 1);
            return true;
        }

        await delivery.GiveUpAsync(stop);
        return false;
    }

    /// <summary>What retention left, where the stream would go on before it and everything that may still arrive has arrived.</summary>
    private long? FirstKept()
    {
        var isUnread = window.FirstWaiting is { HasEvents: false } waiting && waiting.First < _firstKept;
        var isLost = isUnread ? !window.UnderWay.Any() : next.IsIdle && next.Position < _firstKept && !window.HasOpen;
        return isLost ? _firstKept : null;
    }

    private async ValueTask LoseAsync(long first, CancellationToken stop)
    {
        await delivery.LoseAsync(first, stop);
        if (next.Position < first) await next.RewindAsync(first);
    }

    /// <summary>Puts the next batch into the window when there is room for it.</summary>
    /// <returns>Whether it did.</returns>
    private async ValueTask<bool> TakeUpAsync(CancellationToken stop)
    {
        _hasRoom = launcher.HasRoom;
        var isNext = _hasRoom && window.FirstWaiting is null && window.Span < WidestSpan && window.Answered < MostAnswered;
        var isLost = next.IsIdle && next.Position < _firstKept;
        // In an outage nothing is read ahead: it would only be held.
        _isTended = !isLost && (isNext || !outage.IsOn);
        if (!_isTended) return false;
        next.Tend(isNext, _end, stop);
        if (!isNext || !next.IsReady) return false;
        var events = next.Take();
        if (events.Events.Count > 0)
        {
            window.Add(events);
        }
        else
        {
            window.Pass(events.Events.Through);
            events.Release();
        }

        await delivery.PassAsync();
        return true;
    }

    private async ValueTask<bool> TrySendAsync(CancellationToken stop, CancellationToken abort)
    {
        if (!_hasRoom || window.FirstWaiting is not { } flight) return false;
        if (!flight.HasEvents && flight.First < _firstKept) return false;
        _isTimeOver = outage.IsOn && delivery.IsTimeOver;
        if (_isTimeOver) return true;
        if (!flight.HasEvents && !buffers.HasFree) await LetGoAsync();
        await launcher.LaunchAsync(flight, stop, abort);
        heartbeat.Restart();
        return true;
    }

    private async ValueTask<bool> TryBeatAsync(CancellationToken stop, CancellationToken abort)
    {
        if (!IsQuiet || !heartbeat.IsDue) return false;
        await heartbeat.SendAsync(stop, abort);
        return true;
    }

    private async ValueTask WaitAsync(CancellationToken stop)
    {
        if (window.IsEmpty && next.IsIdle) buffers.Rest();
        if (progress.HasUnkept) _quiet ??= progress.QuietAsync(stop);
        await Task.WhenAny(window.UnderWay.Select(flight => (Task)flight.Ending).Concat(_isTended ? next.Doings : []).Concat(Timers()));
        if (_quiet is not { IsCompleted: true }) return;
        _quiet = null;
        if (progress.HasUnkept && !stop.IsCancellationRequested) await progress.KeepAsync();   // so that it shows on other nodes too
    }

    private IEnumerable<Task> Timers()
    {
        yield return _stopped;
        if (outage.IsOn && !_hasRoom && window.Flying == 0 && !outage.IsProbing(window)) yield return outage.Wait;
        if (_quiet is not null) yield return _quiet;
        if (IsQuiet && heartbeat.Wait(_stopping) is { } due) yield return due;
    }

    private async ValueTask LetGoAsync()
    {
        window.LetGoOfWaiting();
        if (!next.IsIdle) await next.RewindAsync(next.Position);
        if (window.Flying == 0) buffers.Rest();
    }

    private async ValueTask ForgetAsync()
    {
        // The buffers are free only when nobody sends from them or reads into them any more.
        Task flying = Task.WhenAll(window.UnderWay.Where(flight => flight.State == FlightState.Flying).Select(flight => flight.Ending));
        await flying.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        window.Reset(window.Mark);
        await next.ForgetAsync();
    }
}
