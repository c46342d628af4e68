using Sluice.Server.Configuration;

namespace Sluice.Server.Import;

/// <summary>Why an import cannot go on. What was answered before stays stored; the same command goes on from there.</summary>
internal sealed class ImportException(string message) : StartupException(message);
