using System.Text.Json.Nodes;

namespace Sluice.Delivery.Trials;

/// <summary>What a destination would have got.</summary>
/// <param name="Matched">Events that pass.</param>
/// <param name="Of">Events that were looked at.</param>
/// <param name="Samples">The newest that pass, as they would be sent, oldest first.</param>
/// <param name="UnknownEventTypes">Named event types that none of the events looked at has.</param>
public sealed record DryRunResult(long Matched, long Of, IReadOnlyList<JsonNode> Samples, IReadOnlyList<string> UnknownEventTypes);
