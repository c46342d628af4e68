namespace Sluice.Streams;

/// <summary>Somebody else has taken the stream since: nothing was written, and whoever ran it must stop.</summary>
public sealed class StaleStreamException(string destination) : Exception($"The stream of destination {destination} has been taken by another node.");
