using Sluice.Storage;

namespace Sluice.Delivery;

/// <summary>The stream could not be had in time: another node has it, or this one is cut off from the store. Nothing was changed; try again.</summary>
public sealed class StreamElsewhereException() : StorageUnavailableException("This destination's stream could not be had from the node that runs it.");
