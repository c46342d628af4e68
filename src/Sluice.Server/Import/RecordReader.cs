using Sluice.Events;

namespace Sluice.Server.Import;

/// <summary>Takes a file apart into records, one after the other, holding no more of it than one record.</summary>
/// <param name="number">The number of the record that was read last, 0 at the beginning.</param>
internal abstract class RecordReader(ByteWindow window, long number)
{
    /// <summary>
    /// Longest record: 4 MiB. An event of the most canonical bytes has no more than that even when every character is escaped, so what is longer is refused here.
    /// </summary>
    public const int Longest = 4 * 1024 * 1024;

    /// <summary>What <see cref="Number"/> counts, in words: <c>line</c>.</summary>
    public abstract string Unit { get; }

    /// <summary>The record's place in the file, from 1.</summary>
    public long Number { get; protected set; } = number;

    /// <summary>Valid until the next read; empty when there is a <see cref="Problem"/>.</summary>
    public ReadOnlyMemory<byte> Record { get; protected set; }

    /// <summary>Why this record could not be read; the next ones can.</summary>
    public Refusal? Problem { get; protected set; }

    /// <summary>Where in the file, unpacked, the record begins.</summary>
    public long Start { get; protected set; }

    /// <summary>Where the next one begins.</summary>
    public long End => Window.Offset;

    protected ByteWindow Window => window;

    /// <returns>False at the end.</returns>
    public abstract ValueTask<bool> ReadAsync(CancellationToken cancellation);

    protected static Refusal TooLong { get; } = new(RefusalCode.TooLarge, null, $"The record is longer than {Longest:N0} bytes; an event has at most {EventLimits.CanonicalBytes:N0}.");
}
