using Sluice.Events;
using Sluice.Storage;

namespace Sluice.SelfAudit;

/// <summary>Tells of the main ledger's checkpoint: once an hour at most, and only when customers' events were added.</summary>
public sealed class CheckpointTelling(LedgerDirectory ledgers, ICheckpointSource checkpoints, IConfigurationStore store, TimeProvider time) : IOwnTask
{
    private const long Hour = 3_600_000_000_000;

    private (long Size, long Hour)? _told;

    public async ValueTask RunAsync(CancellationToken cancellation)
    {
        var (now, main) = (Timestamp.Now(time), ledgers.Main);
        _told ??= await store.ReadAsync(async session =>
            (await OwnMarks.ReadAsync(session, OwnMarks.Checkpoint) ?? 0, await OwnMarks.ReadAsync(session, OwnMarks.CheckpointHour) ?? 0), cancellation);
        if (main.Size <= _told.Value.Size || now / Hour <= _told.Value.Hour) return;
        var checkpoint = await checkpoints.LatestAsync(main.Name, 0, cancellation);
        if (checkpoint.Size > _told.Value.Size) _told = await store.WriteAsync(session => TellAsync(session, checkpoint, now), cancellation);
    }

    private static async ValueTask<(long Size, long Hour)> TellAsync(IConfigurationSession session, SignedCheckpoint checkpoint, long now)
    {
        var told = (Size: await OwnMarks.ReadAsync(session, OwnMarks.Checkpoint) ?? 0, Hour: await OwnMarks.ReadAsync(session, OwnMarks.CheckpointHour) ?? 0);
        if (checkpoint.Size <= told.Size || now / Hour <= told.Hour) return told;
        await OwnEventTable.AddAsync(session, Told(checkpoint, now));
        await OwnMarks.WriteAsync(session, OwnMarks.Checkpoint, checkpoint.Size);
        await OwnMarks.WriteAsync(session, OwnMarks.CheckpointHour, now / Hour);
        return (checkpoint.Size, now / Hour);
    }

    private static OwnEvent Told(SignedCheckpoint checkpoint, long now)
    {
        var lines = checkpoint.Note.Split('\n');
        return new OwnEvent(OwnActions.CheckpointSigned, now)
        {
            Id = $"sluice-checkpoint-{now / Hour}",
            Resource = new OwnResource("ledger", lines[0]),
            Metadata = new() { ["size"] = checkpoint.Size, ["root"] = lines[2] },
        };
    }
}
