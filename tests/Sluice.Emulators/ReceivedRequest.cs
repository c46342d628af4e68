namespace Sluice.Emulators;

/// <summary>What a receiver got: the body as it was meant, the raw one beside it.</summary>
/// <param name="Path">Path and query as they stood in the request, encoded.</param>
public sealed record ReceivedRequest(string Method, string Path, IReadOnlyDictionary<string, string> Headers, byte[] RawBody, byte[] Body);
