using Sluice.Ledger;
using Sluice.Storage;
using Sluice.Storage.Sqlite;

namespace Sluice.Verification;

/// <summary>Takes a ledger's events as they are found right, in order.</summary>
internal interface IVerifiedEvents
{
    /// <summary>Called once, before anything else.</summary>
    /// <param name="dropped">What stands in front of the first event that is kept.</param>
    /// <returns>Where to begin: there, or further on, where an earlier walk stopped.</returns>
    ValueTask<DroppedEnd> BeginAsync(DroppedEnd dropped);

    /// <param name="page">Right events of one segment, valid during the call.</param>
    /// <param name="before">The tree before them.</param>
    /// <param name="walk">Stands behind them.</param>
    ValueTask TakeAsync(EventPage page, TreeState before, LedgerWalk walk);
}
