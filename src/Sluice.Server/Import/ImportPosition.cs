namespace Sluice.Server.Import;

/// <summary>How far an import came: everything up to here was answered. Valid only for the same file, mapping, key and ledger; sending again is always safe.</summary>
internal sealed record ImportPosition
{
    public required string From { get; init; }

    public string? Tenant { get; init; }

    public required string KeyMark { get; init; }

    /// <summary>The ledger's public key: another server, or a fresh data folder, has another one.</summary>
    public required string Ledger { get; init; }

    /// <summary>Events that the ledger held at least; a ledger with fewer was restored from an older copy.</summary>
    public required long LedgerSize { get; init; }

    /// <summary>What <see cref="Number"/> counts.</summary>
    public required string Unit { get; init; }

    public required long Number { get; init; }

    /// <summary>In the unpacked file.</summary>
    public required long Offset { get; init; }

    /// <summary>The record before <see cref="Offset"/>: a changed file shows here.</summary>
    public required long LastStart { get; init; }

    public required int LastLength { get; init; }

    /// <summary>In lower-case hex.</summary>
    public required string LastSha256 { get; init; }

    public required ImportTally Tally { get; init; }

    /// <returns>Null when it can be used, else why not, as the end of a sentence.</returns>
    public string? Objection(ImportOptions options, LogState? log) => this switch
    {
        _ when From != options.From || Tenant != options.Tenant => "--from or --tenant was another",
        _ when KeyMark != options.KeyMark => "the key was another",
        _ when log is null || Ledger != log.Vkey => "it went into another ledger",
        _ when log.Size < LedgerSize => "the ledger has fewer events than then",
        _ => null,
    };
}
