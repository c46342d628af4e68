using System.Diagnostics;
using System.IO.Compression;
using System.Net.Sockets;

namespace Sluice.Benchmarks.Receiving;

internal sealed class ReceiverConnection(Socket socket, Answering answering) : IDisposable
{
    private byte[] _buffer = new byte[64 * 1024];
    private int _received, _needed;
    private Answer _late;
    private long _lateSince;

    public Socket Socket => socket;

    /// <summary>Reads what is there and answers every whole request.</summary>
    /// <returns>False when the other side has gone.</returns>
    public bool Serve()
    {
        if (_received == _buffer.Length) Array.Resize(ref _buffer, Math.Max(_needed, _buffer.Length * 2));
        var received = socket.Receive(_buffer.AsSpan(_received), SocketFlags.None, out var error);
        if (error == SocketError.WouldBlock) return true;
        if (error != SocketError.Success || received == 0) return false;
        _received += received;
        while (_received > 0 && _received >= _needed && TryAnswerOne()) { }
        return true;
    }

    /// <summary>Sends an answer that has taken its time.</summary>
    public void SendDue()
    {
        if (_late.Bytes is null || Stopwatch.GetElapsedTime(_lateSince) < _late.After) return;
        Send(_late.Bytes);
        _late = Answer.Never;
    }

    public void Dispose() => socket.Dispose();

    private bool TryAnswerOne()
    {
        var text = _buffer.AsSpan(0, _received);
        if (!ReceivedRequest.TryRead(text, out var request)) return false;
        _needed = request.BodyAt + request.Length;
        if (_received < _needed) return false;
        var body = text.Slice(request.BodyAt, request.Length);
        var answer = answering(text[request.Path], request.IsCompressed ? Decompressed(body) : body);
        if (answer is { Bytes: { } bytes, After.Ticks: 0 }) Send(bytes);
        else (_late, _lateSince) = (answer, Stopwatch.GetTimestamp());
        text[_needed..].CopyTo(_buffer);
        (_received, _needed) = (_received - _needed, 0);
        return true;
    }

    /// <summary>To one who has gone nothing is sent; reading finds that out.</summary>
    private void Send(ReadOnlySpan<byte> answer)
    {
        while (!answer.IsEmpty)
        {
            var sent = socket.Send(answer, SocketFlags.None, out var error);
            if (error == SocketError.WouldBlock) socket.Poll(TimeSpan.FromMilliseconds(1), SelectMode.SelectWrite);
            else if (error != SocketError.Success) return;
            answer = answer[sent..];
        }
    }

    private static byte[] Decompressed(ReadOnlySpan<byte> body)
    {
        using var plain = new MemoryStream(body.Length * 8);
        using var gzip = new GZipStream(new MemoryStream(body.ToArray()), CompressionMode.Decompress);
        gzip.CopyTo(plain);
        return plain.ToArray();
    }
}
