using Sluice.EndToEnd.Durability;
using Sluice.EndToEnd.Running;

namespace Sluice.EndToEnd.Cluster;

/// <summary>Several destinations of one cluster, each with a receiver of its own that checks order and repetitions.</summary>
internal sealed class ManyStreams : IAsyncDisposable
{
    private static readonly TimeSpan OnItsWay = TimeSpan.FromMilliseconds(100);

    private readonly List<(Receiver Receiver, string Id)> _streams = [];

    public IReadOnlyList<string> Ids => [.. _streams.Select(stream => stream.Id)];

    public IEnumerable<Receiver> Receivers => _streams.Select(stream => stream.Receiver);

    public int Badness
    {
        set
        {
            foreach (var receiver in Receivers) receiver.Badness = value;
        }
    }

    public static async Task<ManyStreams> CreateAsync(SluiceClient client, int count, Random random)
    {
        var streams = new ManyStreams();
        for (var i = 0; i < count; i++) await streams.AddAsync(client, random.Next());
        return streams;
    }

    /// <summary>A node died: what it sent may come again, also what was still on its way to the receivers.</summary>
    public async Task SenderDiedAsync()
    {
        foreach (var receiver in Receivers) receiver.Record.SenderDied();
        await Task.Delay(OnItsWay);
        foreach (var receiver in Receivers) receiver.Record.SenderDied();
    }

    /// <summary>The database is in trouble, and cursors cannot be kept: what was sent lately, and what is sent until it is over, may come again.</summary>
    public void InTrouble(bool isTroubled)
    {
        foreach (var receiver in Receivers)
        {
            receiver.Record.IsTroubled = isTroubled;
            receiver.Record.SenderDied();
        }
    }

    public void CheckOrder()
    {
        foreach (var receiver in Receivers) Assert.Empty(receiver.Record.Faults);
    }

    /// <summary>No cursor is ahead of what its receiver confirmed.</summary>
    public async Task CheckCursorsAsync(SluiceClient client)
    {
        foreach (var (receiver, id) in _streams)
        {
            var cursor = (long?)(await client.GetAsync($"/v1/audit/siem/{id}")).Expect(200).Json["cursor"] ?? -1;
            Assert.True(cursor <= receiver.Record.ConfirmedTo, $"The cursor of {id} stands at {cursor}, but its receiver confirmed up to {receiver.Record.ConfirmedTo} only.");
        }
    }

    public async Task UntilDeliveredAsync(SluiceClient client, long events, TimeSpan limit)
    {
        foreach (var (receiver, id) in _streams)
        {
            await Eventually.TrueAsync(limit, () => receiver.Record.ConfirmedTo >= events - 1, () => $"{id} has confirmed {receiver.Record.ConfirmedTo} of {events}");
            var state = (await client.GetAsync($"/v1/audit/siem/{id}")).Expect(200).Json;
            Assert.Equal(("active", 0, 0), ((string)state["status"]!, (int)state["dead_letters"]!, (int)state["gaps"]!));
        }

        CheckOrder();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var receiver in Receivers) await receiver.DisposeAsync();
    }

    private async Task AddAsync(SluiceClient client, int seed)
    {
        var receiver = await Receiver.StartAsync(seed);
        var created = await client.PostAsync("/v1/audit/siem", $$"""{"name":"s{{_streams.Count}}","provider":"webhook","endpoint":"{{receiver.Address}}/hook","secret":"{{Receiver.Secret}}"}""");
        _streams.Add((receiver, (string)created.Expect(201).Json["id"]!));
    }
}
