namespace Sluice.Server.Import;

/// <summary>The answer to <c>GET /v1/audit/log</c>, as far as an import needs it.</summary>
internal sealed record LogState(string Vkey, long Size);

/// <summary>The answer to an ingest request, as far as an import needs it.</summary>
internal sealed record BatchAnswer(int Accepted, int Duplicates, IReadOnlyList<RefusedEvent> Rejected, long? LastSequence);

/// <param name="Index">Its place in the request, from 0.</param>
internal sealed record RefusedEvent(int Index, string Code, string? Field, string Message);

/// <summary>An error of the API; a proxy's page has none of it.</summary>
internal sealed record ApiError(string? Code, string? Detail);
