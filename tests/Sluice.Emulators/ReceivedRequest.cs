namespace Sluice.Emulators;

/// <summary>What a receiver got: the body as it was meant, the raw one beside it.</summary>
public sealed record ReceivedRequest(string Method, string Path, IReadOnlyDictionary<string, string> Headers, byte[] RawBody, byte[] Body);
