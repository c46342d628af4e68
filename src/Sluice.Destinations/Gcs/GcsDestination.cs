using System.Collections.Concurrent;
using Sluice.Delivery;
using Sluice.Destinations.Http;
using Sluice.Destinations.Objects;

namespace Sluice.Destinations.Gcs;

/// <summary>
/// Writes each batch as one object, then a marker that all before it is final. Calls may overlap; then a marker waits for the batches before it.
/// </summary>
internal sealed class GcsDestination(GcsSettings settings, DestinationContext its) : IDestination
{
    private readonly GcsUpload _upload = new(settings, its);
    private readonly UncertainNames _uncertain = new();
    private readonly OpenRanges _open = new();

    /// <summary>Objects that are there while their markers are not.</summary>
    private readonly ConcurrentDictionary<string, DeliveryResult> _unmarked = new();

    public async ValueTask<DeliveryResult> SendAsync(EventBatch batch, CancellationToken cancellation)
    {
        using var body = new ObjectBody(batch.DestinationId, settings.IsCompressed ? HttpCompression.Gzip : HttpCompression.None, output => ObjectLines.Write(batch, output));
        var name = GcsName.Data(batch, settings, body.Digest);
        if (batch.Folder is null) _open.Begin(batch.First, batch.Last);
        if (!_unmarked.TryGetValue(name, out var written)) written = await WriteAsync(name, body, cancellation);
        if (written is not DeliveryResult.Delivered)
        {
            if (IsSetAside(batch, written)) _open.End(batch.First, batch.Last);
            return written;
        }

        _unmarked[name] = written;
        var marked = batch.Folder is null && _open.End(batch.First, batch.Last) ? await MarkAsync(batch, cancellation) : null;
        if (marked is null) _unmarked.TryRemove(name, out _);
        return marked ?? written;
    }

    public ValueTask DisposeAsync()
    {
        _upload.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>The engine makes dead letters of single events that are refused; of more it sends parts.</summary>
    private static bool IsSetAside(EventBatch batch, DeliveryResult result) => batch.Count == 1 && result is DeliveryResult.Refused or DeliveryResult.TooLarge;

    /// <summary>
    /// Whoever may only create objects is told 403 for one that is there, as for one that he may not create at all. So after an attempt of unknown end the
    /// same bytes go to a second name: there they are delivered for sure, or it is an outage. A 403 is never taken for a delivery.
    /// </summary>
    private async ValueTask<DeliveryResult> WriteAsync(string name, ObjectBody body, CancellationToken cancellation)
    {
        var (result, mayBeThere) = await TryAsync(name, body, cancellation);
        if (mayBeThere && IsDenied(result)) result = await CopyAsync(name, body, cancellation);
        if (result.Answer is null) return result.Outage!;
        var outcome = GcsOutcome.Of(result.Answer);
        if (outcome is DeliveryResult.Delivered) _uncertain.Confirm(name);
        return outcome;
    }

    private async ValueTask<UploadResult> CopyAsync(string name, ObjectBody body, CancellationToken cancellation)
    {
        var (result, mayBeThere) = await TryAsync(_uncertain.CopyOf(name), body, cancellation);
        if (mayBeThere && IsDenied(result)) _uncertain.NextCopyOf(name);
        return result;
    }

    private async ValueTask<(UploadResult Result, bool MayBeThere)> TryAsync(string name, ObjectBody body, CancellationToken cancellation)
    {
        var mayBeThere = _uncertain.Begin(name);
        var result = await CreateAsync(name, body, cancellation);
        if (result.Answer is not { } answer || !GcsOutcome.IsUncertain(answer)) _uncertain.End(name, mayBeThere);
        return (result, mayBeThere);
    }

    private static bool IsDenied(UploadResult result) => result.Answer is { } answer && GcsOutcome.IsDenied(answer);

    private async ValueTask<UploadResult> CreateAsync(string name, ObjectBody body, CancellationToken cancellation)
    {
        var isOver = false;
        try
        {
            var result = await _upload.CreateAsync(name, settings.IsCompressed ? ObjectLines.CompressedContentType : ObjectLines.ContentType, body.Bytes, cancellation);
            isOver = result.Answer?.IsSuccess ?? true;
            return result;
        }
        finally
        {
            if (!isOver) body.KeepFromPool();
        }
    }

    /// <returns>Null when the marker is there: one that is not confirmed yet is written again, and 403 or 412 says that it was.</returns>
    private async ValueTask<DeliveryResult?> MarkAsync(EventBatch batch, CancellationToken cancellation)
    {
        var result = await _upload.CreateAsync(GcsName.Resolved(batch, settings), "application/json", GcsPayload.Marker(batch), cancellation);
        if (result.Answer is not { } answer) return result.Outage;
        if (GcsOutcome.IsDenied(answer)) return null;
        var outcome = GcsOutcome.Of(answer);
        return outcome is DeliveryResult.Delivered ? null : HttpOutcome.With(answer, outcome as DeliveryResult.TryLater ?? HttpOutcome.TryLater(answer, Streams.ErrorClass.Server));
    }
}
