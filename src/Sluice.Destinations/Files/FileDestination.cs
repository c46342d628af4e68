using System.Collections.Concurrent;
using Sluice.Delivery;
using Sluice.Streams;

namespace Sluice.Destinations.Files;

/// <summary>Appends to a file; what is confirmed has reached the disk. Destinations that share a file take turns, batch by batch.</summary>
internal sealed class FileDestination(FileSettings settings, DestinationContext its) : IDestination
{
    private static readonly ConcurrentDictionary<string, SemaphoreSlim> Turns = new(StringComparer.Ordinal);

    private readonly string _path = OutputPath.Find(its.Delivery.OutputFolder, settings.Path)!;

    public async ValueTask<DeliveryResult> SendAsync(EventBatch batch, CancellationToken cancellation)
    {
        using var lines = new PooledBuffer();
        FilePayload.Write(batch, lines);
        var turn = Turns.GetOrAdd(_path, _ => new SemaphoreSlim(1, 1));
        await turn.WaitAsync(cancellation);
        // A disk that hangs blocks the write, which no token reaches: whoever waits may give up, and the next turn comes when it is through.
        var writing = Task.Run(() => Write(lines.Written.ToArray(), turn), CancellationToken.None);
        return await writing.WaitAsync(cancellation);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private DeliveryResult Write(byte[] lines, SemaphoreSlim turn)
    {
        try
        {
            OutputPath.Prepare(its.Delivery.OutputFolder, _path);
            LineFile.Append(_path, settings.MaxBytes, settings.Keep, lines);
            return new DeliveryResult.Delivered { SentBytes = lines.Length };
        }
        catch (UnauthorizedAccessException problem)
        {
            return new DeliveryResult.TryLater(problem.Message, ErrorClass.Auth);
        }
        catch (IOException problem)
        {
            return new DeliveryResult.TryLater(problem.Message, ErrorClass.Server);
        }
        finally
        {
            turn.Release();
        }
    }
}
