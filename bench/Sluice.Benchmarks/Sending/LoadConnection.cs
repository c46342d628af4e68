using System.Buffers.Text;
using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using Sluice.Benchmarks.Workload;

namespace Sluice.Benchmarks.Sending;

/// <summary>One kept connection and the request on its way.</summary>
internal sealed class LoadConnection : IDisposable
{
    private const int HeadRoom = 512;

    private readonly byte[] _fixedHead;
    private readonly byte[] _request;
    private readonly byte[] _answer = new byte[64 * 1024];
    private int _from, _to, _received;

    public LoadConnection(LoadPlan plan)
    {
        var type = plan.PerRequest == 1 ? "application/json" : "application/x-ndjson";
        _fixedHead = Encoding.ASCII.GetBytes($"POST {plan.Path} HTTP/1.1\r\nHost: {plan.Server}\r\nX-API-Key: {plan.Key}\r\nContent-Type: {type}\r\nContent-Length: ");
        _request = new byte[HeadRoom + (EventSource.Longest * plan.PerRequest)];
        Socket = new Socket(plan.Server.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        Socket.Connect(plan.Server);
        Socket.Blocking = false;
    }

    public Socket Socket { get; }

    public bool IsIdle { get; private set; } = true;

    public bool HasMoreToSend => _from < _to;

    /// <summary>The first event of the request on its way.</summary>
    public long First { get; private set; }

    public int Events { get; private set; }

    public long StartedAt { get; private set; }

    public long EndedAt { get; private set; }

    /// <summary>The answer's first lines, for people.</summary>
    public string AnswerText => Encoding.UTF8.GetString(_answer.AsSpan(0, Math.Min(_received, 600)));

    /// <summary>Makes a request of the events from <paramref name="first"/> on and begins to send it.</summary>
    public void Begin(EventSource source, long first, int events)
    {
        var end = HeadRoom;
        for (var i = 0; i < events; i++)
        {
            end += source.Write(first + i, _request.AsSpan(end));
            if (events > 1) _request[end++] = (byte)'\n';
        }

        (_from, _to, First, Events) = (PutHead(end - HeadRoom), end, first, events);
        StartedAt = Stopwatch.GetTimestamp();
        Restart();
    }

    /// <summary>Sends the same bytes once more.</summary>
    public void BeginAgain()
    {
        _from = PutHead(_to - HeadRoom);
        Restart();
    }

    public void Send()
    {
        while (HasMoreToSend)
        {
            var sent = Socket.Send(_request.AsSpan(_from, _to - _from), SocketFlags.None, out var error);
            if (error == SocketError.WouldBlock) return;
            if (error != SocketError.Success) throw new SocketException((int)error);
            _from += sent;
        }
    }

    /// <summary>Reads what is there.</summary>
    /// <returns>Whether the answer is complete.</returns>
    public bool TryReceive(out HttpAnswer answer)
    {
        answer = default;
        var received = Socket.Receive(_answer.AsSpan(_received), SocketFlags.None, out var error);
        if (error == SocketError.WouldBlock) return false;
        if (error != SocketError.Success) throw new SocketException((int)error);
        if (received == 0) throw new IOException("The server closed a connection on which a request was waiting.");
        _received += received;
        if (!HttpAnswer.TryRead(_answer.AsSpan(0, _received), out answer)) return false;
        EndedAt = Stopwatch.GetTimestamp();
        return true;
    }

    public void Finish() => IsIdle = true;

    public void Dispose() => Socket.Dispose();

    private void Restart()
    {
        (_received, IsIdle) = (0, false);
        Send();
    }

    /// <returns>Where the head begins.</returns>
    private int PutHead(int length)
    {
        Span<byte> number = stackalloc byte[16];
        Utf8Formatter.TryFormat(length, number, out var digits);
        var start = HeadRoom - _fixedHead.Length - digits - 4;
        _fixedHead.CopyTo(_request, start);
        number[..digits].CopyTo(_request.AsSpan(start + _fixedHead.Length));
        "\r\n\r\n"u8.CopyTo(_request.AsSpan(HeadRoom - 4));
        return start;
    }
}
