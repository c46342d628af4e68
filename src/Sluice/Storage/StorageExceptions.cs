namespace Sluice.Storage;

/// <summary>The store cannot serve now; the caller may try again. Nothing was half done.</summary>
public class StorageUnavailableException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>The disk under the store is full. Writing works again when there is space; nothing needs a restart.</summary>
public sealed class StorageFullException(string message, Exception? inner = null) : StorageUnavailableException(message, inner);

/// <summary>What is on the disk is not what was written.</summary>
public sealed class StorageCorruptException(string message, Exception? inner = null) : Exception(message, inner);
