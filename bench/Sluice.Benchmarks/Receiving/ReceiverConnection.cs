using System.Net.Sockets;

namespace Sluice.Benchmarks.Receiving;

internal sealed class ReceiverConnection(Socket socket) : IDisposable
{
    private static readonly byte[] Answer = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"u8.ToArray();
    private static readonly byte[] CollectorAnswer =
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 27\r\n\r\n{\"text\":\"Success\",\"code\":0}"u8.ToArray();

    private byte[] _buffer = new byte[1 << 20];
    private int _received, _needed;

    public Socket Socket => socket;

    /// <summary>Reads what is there and answers every whole request.</summary>
    /// <returns>False when the other side has gone.</returns>
    public bool Serve(ArrivalLog? log)
    {
        if (_received == _buffer.Length) Array.Resize(ref _buffer, _buffer.Length * 2);
        var received = socket.Receive(_buffer.AsSpan(_received), SocketFlags.None, out var error);
        if (error == SocketError.WouldBlock) return true;
        if (error != SocketError.Success || received == 0) return false;
        _received += received;
        while (_received > 0 && _received >= _needed && TryAnswerOne(log)) { }
        return true;
    }

    public void Dispose() => socket.Dispose();

    private bool TryAnswerOne(ArrivalLog? log)
    {
        var text = _buffer.AsSpan(0, _received);
        if (!ReceivedRequest.TryRead(text, out var bodyAt, out var length, out var isCollector)) return false;
        _needed = bodyAt + length;
        if (_received < _needed) return false;
        log?.Record(text.Slice(bodyAt, length));
        socket.Send(isCollector ? CollectorAnswer : Answer);
        text[_needed..].CopyTo(_buffer);
        (_received, _needed) = (_received - _needed, 0);
        return true;
    }
}
