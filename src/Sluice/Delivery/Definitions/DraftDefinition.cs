using Sluice.Profiles;
using Sluice.Streams;

namespace Sluice.Delivery.Definitions;

/// <summary>As much of a destination as says which events it gets and how they are spelled.</summary>
internal sealed record DraftDefinition(string? TenantId, StreamSettings Stream, StreamFilter Filter, IProfile Profile);
