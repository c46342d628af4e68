namespace Sluice.Destinations.Gcs.Changefeeds;

/// <summary>What a changefeed's text says.</summary>
internal sealed record ChangefeedStatement(SinkUri Sink)
{
    /// <summary>The select list; null when there was only a sink.</summary>
    public IReadOnlyList<string>? Columns { get; init; }

    /// <summary>Types whose payload is selected; null when there was only a sink.</summary>
    public IReadOnlyList<string>? PayloadFor { get; init; }

    public IReadOnlyList<string> EventTypes { get; init; } = [];

    public IReadOnlyList<string> ExceptEventTypes { get; init; } = [];

    public bool IsCompressed { get; init; }
}
