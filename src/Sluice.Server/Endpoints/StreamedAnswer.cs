using System.Buffers;
using System.IO.Pipelines;
using Sluice.Server.SelfAudit;

namespace Sluice.Server.Endpoints;

/// <summary>
/// The body of an answer that is written while it is found. Once something was written, a failure can only break the connection:
/// a clean end would pass for the whole.
/// </summary>
internal sealed partial class StreamedAnswer(HttpContext context) : IBufferWriter<byte>
{
    private const int FlushAt = 64 * 1024;

    private readonly PipeWriter _writer = context.Response.BodyWriter;
    private long _written;

    /// <summary>Bytes that wait to be flushed.</summary>
    public int Waiting { get; private set; }

    public bool IsFull => Waiting >= FlushAt;

    public static async Task WriteAsync(HttpContext context, string contentType, Func<StreamedAnswer, CancellationToken, Task> write)
    {
        context.Response.ContentType = contentType;
        context.Response.Headers.CacheControl = "no-store";
        var answer = new StreamedAnswer(context);
        try
        {
            await write(answer, context.RequestAborted);
            await answer.FlushAsync(context.RequestAborted);
        }
        catch (Exception problem) when (answer._written > 0)
        {
            if (problem is not OperationCanceledException) Log.Broken(context.RequestServices.GetRequiredService<ILogger<StreamedAnswer>>(), problem, context.Request.Path);
            context.Audited()?.End = context.RequestAborted.IsCancellationRequested ? CallEnd.Left : CallEnd.BrokenOff;
            context.Abort();
        }
    }

    public void Advance(int count)
    {
        _writer.Advance(count);
        Waiting += count;
        _written += count;
    }

    public Memory<byte> GetMemory(int sizeHint = 0) => _writer.GetMemory(sizeHint);

    public Span<byte> GetSpan(int sizeHint = 0) => _writer.GetSpan(sizeHint);

    public ValueTask FlushIfFullAsync(CancellationToken cancellation) => IsFull ? FlushAsync(cancellation) : default;

    public async ValueTask FlushAsync(CancellationToken cancellation)
    {
        Waiting = 0;
        await _writer.FlushAsync(cancellation);
        cancellation.ThrowIfCancellationRequested();
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "The answer to {Path} was broken off")]
        public static partial void Broken(ILogger logger, Exception problem, string path);
    }
}
