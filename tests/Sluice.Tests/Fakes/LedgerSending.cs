using Sluice.Events;
using Sluice.Storage;

namespace Sluice.Tests.Fakes;

internal static class LedgerSending
{
    /// <summary>Appends as a sender does: a store on a machine with much to do may ask to be sent the same again.</summary>
    public static async Task SendAsync(this ILedgerStore ledger, params IReadOnlyList<AcceptedBatch> group)
    {
        for (var tries = 20; ; tries--)
        {
            try
            {
                await ledger.AppendAsync(group, default);
                return;
            }
            catch (StorageUnavailableException) when (tries > 1)
            {
                // Nothing was stored, or it will be found stored.
            }
        }
    }
}
