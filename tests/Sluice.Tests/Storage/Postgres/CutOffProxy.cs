using System.Net;
using System.Net.Sockets;

namespace Sluice.Tests.Storage.Postgres;

/// <summary>Carries connections to a server until it is cut: from then on nothing passes, and nobody is told.</summary>
internal sealed class CutOffProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _cut = new();
    private readonly List<TcpClient> _clients = [];
    private readonly int _server;
    private readonly Task _running;

    public CutOffProxy(int server)
    {
        _server = server;
        _listener.Start();
        _running = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public void Cut() => _cut.Cancel();

    public async ValueTask DisposeAsync()
    {
        await _cut.CancelAsync();
        _listener.Stop();
        await _running;
        lock (_clients) _clients.ForEach(client => client.Dispose());
        _cut.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync();
                var server = new TcpClient();
                lock (_clients) _clients.AddRange([client, server]);
                if (_cut.IsCancellationRequested) continue;
                await server.ConnectAsync(IPAddress.Loopback, _server);
                _ = CopyAsync(client, server);
                _ = CopyAsync(server, client);
            }
        }
        catch (SocketException)
        {
            // The listener was stopped.
        }
    }

    private async Task CopyAsync(TcpClient from, TcpClient to)
    {
        try
        {
            await from.GetStream().CopyToAsync(to.GetStream(), _cut.Token);
            to.Client.Shutdown(SocketShutdown.Send);
        }
        catch (Exception error) when (error is OperationCanceledException or IOException or SocketException or ObjectDisposedException)
        {
            // Cut, or one of the two closed.
        }
    }
}
