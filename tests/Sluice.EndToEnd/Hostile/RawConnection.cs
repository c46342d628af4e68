using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Sluice.EndToEnd.Hostile;

/// <summary>A connection that says what it is told to, byte by byte: what no client library would send.</summary>
internal sealed class RawConnection : IDisposable
{
    private readonly TcpClient _tcp;
    private readonly NetworkStream _stream;

    private RawConnection(TcpClient tcp)
    {
        _tcp = tcp;
        _stream = tcp.GetStream();
    }

    public static async Task<RawConnection> OpenAsync(Uri server)
    {
        var tcp = new TcpClient { NoDelay = true };
        await tcp.ConnectAsync(server.Host, server.Port);
        return new RawConnection(tcp);
    }

    public Task SendAsync(string text) => SendAsync(Encoding.Latin1.GetBytes(text));

    public async Task SendAsync(ReadOnlyMemory<byte> bytes) => await _stream.WriteAsync(bytes);

    /// <summary>Sends until the server stops listening or the bytes are out.</summary>
    /// <returns>False when it stopped.</returns>
    public async Task<bool> TrySendAsync(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            await _stream.WriteAsync(bytes);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>The answer's status; null when the server closed the connection without one.</summary>
    public async Task<int?> StatusAsync(TimeSpan limit)
    {
        using var waiting = new CancellationTokenSource(limit);
        var line = new StringBuilder();
        var one = new byte[1];
        try
        {
            while (await _stream.ReadAsync(one, waiting.Token) == 1 && one[0] != '\n') line.Append((char)one[0]);
        }
        catch (IOException)
        {
            return null;
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"The server neither answered nor closed within {limit.TotalSeconds} s.");
        }

        return line.Length < 12 ? null : int.Parse(line.ToString(9, 3), CultureInfo.InvariantCulture);
    }

    public void Dispose() => _tcp.Dispose();
}
