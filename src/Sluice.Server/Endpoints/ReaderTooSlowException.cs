namespace Sluice.Server.Endpoints;

/// <summary>A live reader fell too far behind.</summary>
internal sealed class ReaderTooSlowException() : Exception($"The reader does not read: {LiveStream.MaxBehind} events were committed meanwhile.");
