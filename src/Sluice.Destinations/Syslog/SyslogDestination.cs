using System.Globalization;
using Sluice.Delivery;

namespace Sluice.Destinations.Syslog;

/// <summary>
/// Writes to one connection as long as it lasts. A write that succeeded is the only confirmation there is; so that nothing is lost in silence when a
/// connection ends, the next one begins with what was written last: rather twice than never.
/// </summary>
internal sealed class SyslogDestination(SyslogSettings settings, DestinationContext its) : IDestination
{
    private readonly SyslogPayload _payload = new(settings.Facility, Environment.MachineName, settings.AppName, Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
    private readonly ResendWindow _window = new();
    private SyslogConnection? _connection;

    public async ValueTask<DeliveryResult> SendAsync(EventBatch batch, CancellationToken cancellation)
    {
        var frames = Frames(batch);
        try
        {
            if (_connection is { IsOver: true }) await DropAsync();
            var isNew = _connection is null;
            _connection ??= await OpenAsync(cancellation);
            await _connection.WriteAsync(frames, cancellation);
            // A receiver that closes at a message too large for it would lose what follows, time and again, and nobody would know.
            if (isNew) await _connection.ProveAsync(cancellation);
        }
        catch
        {
            // Half a message may have been written: nothing can follow it.
            await DropAsync();
            throw;
        }

        _window.Add(frames);
        return new DeliveryResult.Delivered { SentBytes = frames.Length };
    }

    public async ValueTask DisposeAsync()
    {
        if (_connection is { } connection) await connection.CloseAsync();
        await DropAsync();
    }

    private async ValueTask<SyslogConnection> OpenAsync(CancellationToken cancellation)
    {
        var connection = await SyslogConnection.OpenAsync(settings, its, cancellation);
        try
        {
            foreach (var batch in _window.Batches) await connection.WriteAsync(batch, cancellation);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private async ValueTask DropAsync()
    {
        var connection = _connection;
        _connection = null;
        if (connection is not null) await connection.DisposeAsync();
    }

    private byte[] Frames(EventBatch batch)
    {
        using var frames = new PooledBuffer();
        _payload.Write(batch, frames);
        return frames.Written.ToArray();
    }
}
