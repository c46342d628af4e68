using System.Net;
using System.Net.Sockets;
using Sluice.Benchmarks.Sending;

namespace Sluice.Benchmarks.Receiving;

/// <summary>Destinations on one thread. Unless told otherwise it takes everything at once, and keeps nothing but when which event came.</summary>
internal sealed class Receiver : IDisposable
{
    private static readonly byte[] Taken = Answer.Text("200 OK", "{}"), Collected = Answer.Text("200 OK", """{"text":"Success","code":0}""");

    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly List<ReceiverConnection> _connections = [];
    private readonly Readiness _readiness = new();
    private readonly Answering _answering;
    private readonly Task _serving;
    private volatile ArrivalLog? _log;
    private volatile bool _isStopping;

    public Receiver(Answering? answering = null)
    {
        _answering = answering ?? Take;
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen(512);
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

    private Answer Take(ReadOnlySpan<byte> path, ReadOnlySpan<byte> body)
    {
        _log?.Record(body);
        return new Answer(path.StartsWith("/services/collector"u8) ? Collected : Taken);
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
            foreach (var connection in _connections) connection.SendDue();
            if (_readiness.CanRead(0)) Accept();
        }
    }

    private void ServeReady()
    {
        for (var i = _connections.Count - 1; i >= 0; i--)
        {
            if (!_readiness.CanRead(i + 1) || _connections[i].Serve()) continue;
            _connections[i].Dispose();
            _connections.RemoveAt(i);
        }
    }

    private void Accept()
    {
        var socket = _listener.Accept();
        socket.NoDelay = true;
        socket.Blocking = false;
        _connections.Add(new ReceiverConnection(socket, _answering));
    }
}
