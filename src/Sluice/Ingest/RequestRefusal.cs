namespace Sluice.Ingest;

/// <summary>Why a request could not be read at all; nothing of it was stored.</summary>
/// <param name="Line">Counted from 1; null where no place can be named.</param>
/// <param name="Column">In bytes from 1.</param>
public sealed record RequestRefusal(string Code, string Message, int? Line = null, int? Column = null);

/// <summary>An event that was refused, and where it stands in the request.</summary>
public sealed record RejectedEvent(int Index, int Line, int Column, string? Id, string Code, string? Field, string Message);
