using System.Globalization;

namespace Sluice.Storage.Postgres;

/// <summary>
/// How nodes wake each other after a commit. Channels belong to the whole database, so the schema is part of the name. A notification that is lost
/// costs a quarter of a second: everybody looks by themselves as well.
/// </summary>
internal static class LedgerChannel
{
    public const string Notify = "SELECT pg_notify('sluice_' || md5(current_schema()), $1)";

    public const string Name = "SELECT 'sluice_' || md5(current_schema())";

    public static string Text(short ledger, long size) => string.Create(CultureInfo.InvariantCulture, $"{ledger}:{size}");

    /// <summary>The size that a notification tells of; 0 when it is about another ledger.</summary>
    public static long SizeOf(string text, short ledger)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var isOurs = colon > 0 && short.TryParse(text.AsSpan(0, colon), CultureInfo.InvariantCulture, out var id) && id == ledger;
        return isOurs && long.TryParse(text.AsSpan(colon + 1), CultureInfo.InvariantCulture, out var size) ? size : 0;
    }
}
