using System.Net.Security;
using System.Net.Sockets;
using Sluice.Delivery;
using Sluice.Destinations.Http;

namespace Sluice.Destinations.Syslog;

/// <summary>One connection to a receiver. Receivers say nothing, so whatever can be read from them is the end.</summary>
internal sealed class SyslogConnection : IAsyncDisposable
{
    /// <summary>How long a receiver may take to read what was sent before it is closed.</summary>
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Bytes that may be written and still be here. What is in buffers is lost with a receiver that hangs until it is restarted, and left to itself the system
    /// keeps 4 MB, more than is written again (<see cref="ResendWindow"/>).
    /// </summary>
    private const int SendBuffer = 128 * 1024;

    private static readonly TimeSpan Proof = TimeSpan.FromMilliseconds(500);

    private readonly Stream _stream;
    private readonly TimeProvider _time;
    private readonly Task<int> _end;

    private SyslogConnection(Stream stream, TimeProvider time)
    {
        (_stream, _time) = (stream, time);
        _end = stream.ReadAsync(new byte[1]).AsTask();
    }

    /// <summary>The receiver has closed it: what was written since is lost, and perhaps what was written before.</summary>
    public bool IsOver => _end.IsCompleted;

    public static async ValueTask<SyslogConnection> OpenAsync(SyslogSettings settings, DestinationContext its, CancellationToken cancellation)
    {
        var plain = await new GuardedConnection(its).ConnectAsync(settings.Place, !settings.IsTls, cancellation);
        ((NetworkStream)plain).Socket.SendBufferSize = SendBuffer;
        if (!settings.IsTls) return new SyslogConnection(plain, its.Time);
        var options = Tls.Options(settings.CaCertificate, settings.ClientCertificate, settings.ClientKey);
        options.TargetHost = settings.Place.Host.Trim('[', ']');
        var secure = new SslStream(plain);
        try
        {
            await secure.AuthenticateAsClientAsync(options, cancellation);
            return new SyslogConnection(secure, its.Time);
        }
        catch
        {
            await secure.DisposeAsync();
            throw;
        }
    }

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> frames, CancellationToken cancellation)
    {
        await _stream.WriteAsync(frames, cancellation);
        await _stream.FlushAsync(cancellation);
        if (IsOver) throw new IOException("The receiver closed the connection.", _end.Exception?.InnerException);
    }

    /// <summary>Waits until the receiver had time to close a connection whose first messages it dislikes.</summary>
    /// <exception cref="IOException">It did.</exception>
    public async ValueTask ProveAsync(CancellationToken cancellation)
    {
        await Task.WhenAny(_end, Task.Delay(Proof, _time, cancellation));
        cancellation.ThrowIfCancellationRequested();
        if (IsOver) throw new IOException("The receiver closed the connection at what it was sent: its log may say why. Perhaps a message is larger than it takes.", _end.Exception?.InnerException);
    }

    /// <summary>Says goodbye, and waits a moment for the receiver to have read everything.</summary>
    public async ValueTask CloseAsync()
    {
        try
        {
            if (_stream is SslStream secure) await secure.ShutdownAsync();
            else ((NetworkStream)_stream).Socket.Shutdown(SocketShutdown.Send);
            await _end.WaitAsync(Farewell, _time);
        }
        catch (Exception)
        {
            // It is gone already, or does not care; what it was sent is confirmed either way.
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stream.DisposeAsync();
        await ((Task)_end).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
