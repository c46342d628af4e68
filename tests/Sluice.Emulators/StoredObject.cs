namespace Sluice.Emulators;

/// <summary>An object in a bucket.</summary>
/// <param name="Writes">How often something was written under its name.</param>
public sealed record StoredObject(byte[] Bytes, string ContentType, int Writes = 1);
