namespace Sluice.Server.Configuration;

internal sealed record LedgerSettings
{
    /// <summary>
    /// The name under which the ledger signs its checkpoints, by custom a host and path such as <c>audit.example.com/main</c>: 1 to 200 printable ASCII
    /// characters without spaces and <c>+</c>. Default <c>sluice.local/</c> and 16 hex digits made at the first start. It cannot change later.
    /// </summary>
    public string? Origin { get; init; }

    internal static LedgerSettings From(SettingsReader reader)
    {
        const string name = "Ledger:Origin";
        var origin = reader.Text(name);
        if (origin is not null && (origin.Length > 200 || origin.Any(c => c is <= ' ' or > '~' or '+')))
            throw reader.Wrong(name, "Use 1 to 200 printable ASCII characters without spaces and '+', for example audit.example.com/main.");
        return new LedgerSettings { Origin = origin };
    }
}
