using System.Text.Json;
using Sluice.Events;
using Sluice.SelfAudit;
using Sluice.Storage;

namespace Sluice.SelfChecks;

/// <summary>Keeps what became of self-checks beside the instance's settings, where every node sees it, and tells of them in the same transaction.</summary>
public sealed class SelfCheckStore(IConfigurationStore store, TimeProvider time)
{
    private const string Since = "self-check-since", Last = "self-check-last", Running = "self-check-running", Unfinished = "self-check-unfinished";

    /// <summary>A node that has said nothing for so long was killed.</summary>
    private const long Silence = 60_000_000_000;

    public ValueTask<SelfCheckState> ReadAsync(CancellationToken cancellation = default) => store.ReadAsync(ReadAsync, cancellation);

    /// <summary>Begins to count towards the first check, unless the instance has.</summary>
    public async ValueTask BeginToCountAsync(CancellationToken cancellation) => await store.WriteAsync(async session =>
    {
        await session.ExecuteAsync("INSERT INTO settings (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO NOTHING", Since, Bytes(Timestamp.Now(time)));
        return true;
    }, cancellation);

    /// <param name="isStillWanted">Judges what is stored when it begins: another node may have been there first.</param>
    /// <returns>When it started; null when it is not wanted any more.</returns>
    internal async ValueTask<long?> BeginAsync(string node, Func<SelfCheckState, bool> isStillWanted, OwnEvent started, CancellationToken cancellation) => await store.WriteAsync<long?>(async session =>
    {
        if (!isStillWanted(await ReadAsync(session))) return null;
        await WriteAsync(session, Running, new RunningSelfCheck(started.At, Timestamp.Now(time), node, 0, 0));
        await RemoveAsync(session, Unfinished);
        await OwnEventTable.AddAsync(session, started);
        return started.At;
    }, cancellation);

    /// <summary>How far it has come; lost with a power cut.</summary>
    internal async ValueTask ReportAsync(RunningSelfCheck running, CancellationToken cancellation) => await store.WriteRelaxedAsync(async session =>
    {
        await WriteAsync(session, Running, running);
        return true;
    }, cancellation);

    internal async ValueTask EndAsync(SelfCheck check, CancellationToken cancellation) => await store.WriteAsync(async session =>
    {
        await WriteAsync(session, Last, check);
        await RemoveAsync(session, Running);
        foreach (var told in SelfCheckEvents.Ended(check)) await OwnEventTable.AddAsync(session, told);
        return true;
    }, cancellation);

    /// <param name="why">Null when its node was stopped.</param>
    internal async ValueTask GiveUpAsync(string? why, CancellationToken cancellation) => await store.WriteAsync(async session =>
    {
        await RemoveAsync(session, Running);
        if (why is not null) await WriteAsync(session, Unfinished, why);
        return true;
    }, cancellation);

    private async ValueTask<SelfCheckState> ReadAsync(IConfigurationSession session)
    {
        var now = Timestamp.Now(time);
        var stored = (await session.QueryAsync("SELECT name, value FROM settings WHERE name IN (?1, ?2, ?3, ?4)", row => (Name: row.Text(0), Value: row.Bytes(1)), Since, Last, Running, Unfinished))
            .ToDictionary(row => row.Name, row => row.Value, StringComparer.Ordinal);
        var running = Of<RunningSelfCheck>(Running);
        return new SelfCheckState(stored.ContainsKey(Since) ? Of<long>(Since) : now, Of<SelfCheck>(Last), running?.SeenAt > now - Silence ? running : null, Of<string>(Unfinished));

        T? Of<T>(string name) => stored.TryGetValue(name, out var value) ? JsonSerializer.Deserialize<T>(value) : default;
    }

    private static async ValueTask WriteAsync<T>(IConfigurationSession session, string name, T value) => await session.ExecuteAsync(
        "INSERT INTO settings (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value=excluded.value", name, Bytes(value));

    private static async ValueTask RemoveAsync(IConfigurationSession session, string name) => await session.ExecuteAsync("DELETE FROM settings WHERE name=?1", name);

    private static byte[] Bytes<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value);
}
