using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Sluice.Emulators;

/// <summary>A syslog receiver on loopback that takes octet-counted messages, over TLS when it has a certificate, and says nothing.</summary>
public sealed class SyslogReceiver : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly List<byte[]> _messages = [];
    private readonly List<TcpClient> _clients = [];
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly X509Certificate2? _certificate;
    private readonly X509Certificate2? _client;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _accepting;

    /// <param name="client">The certificate that clients must show.</param>
    public SyslogReceiver(X509Certificate2? certificate = null, X509Certificate2? client = null)
    {
        (_certificate, _client) = (certificate, client);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>It reads, and loses what it read: as one does that is killed with messages in its memory.</summary>
    public bool IsForgetful { get; set; }

    /// <summary>A longer message makes it close the connection, without a word.</summary>
    public int LargestMessage { get; set; } = int.MaxValue;

    /// <summary>It takes connections and reads nothing.</summary>
    public bool IsStuck { get; set; }

    /// <summary>Bytes that came, kept or not.</summary>
    public long Read { get; private set; }

    public int Connections { get; private set; }

    /// <summary>The messages without their lengths, in order of arrival.</summary>
    public IReadOnlyList<string> Messages
    {
        get
        {
            lock (_lock) return [.. _messages.Select(Encoding.UTF8.GetString)];
        }
    }

    public void Disconnect()
    {
        lock (_lock)
        {
            foreach (var client in _clients) client.Dispose();
            _clients.Clear();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Stop();
        Disconnect();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            var client = await _listener.AcceptTcpClientAsync();
            lock (_lock) _clients.Add(client);
            Connections++;
            _ = ServeAsync(client);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        try
        {
            using (client)
            {
                await using var stream = await SecuredAsync(client.GetStream());
                if (!IsStuck) await ReadAsync(stream);
                else await Task.Delay(Timeout.Infinite, _stopping.Token);
            }
        }
        catch (Exception problem) when (problem is IOException or ObjectDisposedException or OperationCanceledException or System.Security.Authentication.AuthenticationException or SocketException)
        {
            // The connection is over; what is whole of it is kept.
        }
    }

    private async Task<Stream> SecuredAsync(Stream plain)
    {
        if (_certificate is null) return plain;
        var secure = new SslStream(plain, false, (_, shown, _, _) => _client is null || shown?.GetCertHashString() == _client.GetCertHashString());
        await secure.AuthenticateAsServerAsync(_certificate, clientCertificateRequired: _client is not null, checkCertificateRevocation: false);
        return secure;
    }

    private async Task ReadAsync(Stream stream)
    {
        var one = new byte[1];
        while (true)
        {
            var length = 0;
            while (true)
            {
                if (await stream.ReadAsync(one) == 0) return;
                if (one[0] == ' ') break;
                if (!char.IsAsciiDigit((char)one[0])) throw new IOException("This is no length.");
                length = (length * 10) + one[0] - '0';
            }

            if (length > LargestMessage) throw new IOException("This is too long for me.");
            var message = new byte[length];
            await stream.ReadExactlyAsync(message);
            lock (_lock)
            {
                Read += length;
                if (!IsForgetful) _messages.Add(message);
            }
        }
    }
}
