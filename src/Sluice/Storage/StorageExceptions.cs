namespace Sluice.Storage;

/// <summary>The store cannot serve now; the caller may try again. Nothing was half done.</summary>
public class StorageUnavailableException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>The disk under the store is full. Writing works again when there is space; nothing needs a restart.</summary>
public sealed class StorageFullException(string message, Exception? inner = null) : StorageUnavailableException(message, inner);

/// <summary>What is on the disk is not what was written.</summary>
public sealed class StorageCorruptException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>A hash over less than a tile of 256 leaves, which retention dropped together with their events.</summary>
/// <param name="first">The first leaf under the hash.</param>
/// <param name="last">The last leaf under the hash.</param>
public sealed class DroppedHashException(long first, long last)
    : Exception($"The hash over events {first} to {last} is not kept: retention removed them.")
{
    public long First { get; } = first;

    public long Last { get; } = last;
}
