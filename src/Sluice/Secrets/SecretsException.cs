namespace Sluice.Secrets;

/// <summary>Secrets cannot be kept or read as things stand; the message says what a person has to do.</summary>
public sealed class SecretsException(string message, Exception? inner = null) : Exception(message, inner);
