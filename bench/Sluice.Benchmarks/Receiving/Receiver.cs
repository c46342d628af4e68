using System.Net;
using System.Net.Sockets;
using Sluice.Benchmarks.Sending;

namespace Sluice.Benchmarks.Receiving;

/// <summary>A destination that takes everything at once, on one thread, and keeps nothing but when which event came.</summary>
internal sealed class Receiver : IDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly List<ReceiverConnection> _connections = [];
    private readonly Readiness _readiness = new();
    private readonly Task _serving;
    private volatile ArrivalLog? _log;
    private volatile bool _isStopping;

    public Receiver()
    {
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen();
        _listener.Blocking = false;
        Address = (IPEndPoint)_listener.LocalEndPoint!;
        _serving = Task.Factory.StartNew(Serve, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    public IPEndPoint Address { get; }

    /// <summary>Begins to watch for a range of events; others are taken and not counted.</summary>
    public ArrivalLog Expect(long first, long events) => _log = new ArrivalLog(first, events);

    public void Dispose()
    {
        _isStopping = true;
        _serving.Wait();
        foreach (var connection in _connections) connection.Dispose();
        _listener.Dispose();
    }

    private void Serve()
    {
        while (!_isStopping)
        {
            _readiness.Clear();
            _readiness.Add(_listener, forWriting: false);
            foreach (var connection in _connections) _readiness.Add(connection.Socket, forWriting: false);
            _readiness.Wait(TimeSpan.FromMilliseconds(100));
            ServeReady();
            if (_readiness.CanRead(0)) Accept();
        }
    }

    private void ServeReady()
    {
        for (var i = _connections.Count - 1; i >= 0; i--)
        {
            if (!_readiness.CanRead(i + 1) || _connections[i].Serve(_log)) continue;
            _connections[i].Dispose();
            _connections.RemoveAt(i);
        }
    }

    private void Accept()
    {
        var socket = _listener.Accept();
        socket.NoDelay = true;
        socket.Blocking = false;
        _connections.Add(new ReceiverConnection(socket));
    }
}
