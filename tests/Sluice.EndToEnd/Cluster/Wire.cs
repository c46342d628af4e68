using System.Net;
using System.Net.Sockets;

namespace Sluice.EndToEnd.Cluster;

/// <summary>A network path to a server on this machine that can be cut: then bytes go nowhere, and nobody is told.</summary>
internal sealed class Wire : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly int _target;
    private readonly Task _accepting;
    private volatile TaskCompletionSource _whole = Whole();

    public Wire(int target)
    {
        _target = target;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public void Cut() => _whole = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Mend()
    {
        var cut = _whole;
        _whole = Whole();
        cut.TrySetResult();
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true) _ = CarryAsync(await _listener.AcceptSocketAsync(_stopping.Token));
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException)
        {
            // The listener was stopped.
        }
    }

    private async Task CarryAsync(Socket from)
    {
        using var to = new Socket(SocketType.Stream, ProtocolType.Tcp);
        using (from)
        {
            try
            {
                await _whole.Task.WaitAsync(_stopping.Token);
                await to.ConnectAsync(new IPEndPoint(IPAddress.Loopback, _target), _stopping.Token);
                await Task.WhenAny(CopyAsync(from, to), CopyAsync(to, from));
            }
            catch (Exception broken) when (broken is OperationCanceledException or SocketException)
            {
                // One end is gone; closing both tells the other.
            }
        }
    }

    private async Task CopyAsync(Socket from, Socket to)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (await from.ReceiveAsync(buffer, _stopping.Token) is > 0 and var count)
            {
                await _whole.Task.WaitAsync(_stopping.Token);
                await to.SendAsync(buffer.AsMemory(0, count), _stopping.Token);
            }
        }
        catch (Exception broken) when (broken is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // One end is gone.
        }
    }

    private static TaskCompletionSource Whole()
    {
        var whole = new TaskCompletionSource();
        whole.SetResult();
        return whole;
    }
}
