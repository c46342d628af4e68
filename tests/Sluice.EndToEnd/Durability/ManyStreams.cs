using Sluice.EndToEnd.Cluster;
using Sluice.EndToEnd.Durability.Receivers;
using Sluice.EndToEnd.Running;

namespace Sluice.EndToEnd.Durability;

/// <summary>Several destinations of one instance, each with a receiver of its own that checks what arrives.</summary>
internal sealed class ManyStreams : IAsyncDisposable
{
    private static readonly TimeSpan OnItsWay = TimeSpan.FromMilliseconds(100);

    private readonly List<(Receiver Receiver, string Id)> _streams = [];

    public IEnumerable<Receiver> Receivers => _streams.Select(stream => stream.Receiver);

    /// <summary>Four kinds that differ in what they promise: one answers for all at once, one later, one for each event, one writes objects.</summary>
    public static Task<ManyStreams> OfFourKindsAsync(SluiceClient client, Random random) =>
        CreateAsync(client, [new WebhookBackend(), new SplunkBackend(random.Next()), new ElasticBackend(random.Next()), new S3Backend()], random);

    public static Task<ManyStreams> OfWebhooksAsync(SluiceClient client, int count, Random random) =>
        CreateAsync(client, Enumerable.Range(0, count).Select(_ => new WebhookBackend()), random);

    public void BecomeMoody()
    {
        foreach (var receiver in Receivers) receiver.BecomeMoody();
    }

    public void CalmDown()
    {
        foreach (var receiver in Receivers) receiver.CalmDown();
    }

    /// <summary>The only sender died: what it sent may come again.</summary>
    public async Task LastSenderDiedAsync()
    {
        foreach (var receiver in Receivers)
        {
            await receiver.UntilQuietAsync();
            receiver.Record.SenderDied();
        }
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

    public void MustBeRight()
    {
        foreach (var receiver in Receivers) Assert.Empty(receiver.Record.Faults);
    }

    /// <summary>No cursor is ahead of what its receiver confirmed.</summary>
    public async Task CheckCursorsAsync(SluiceClient client)
    {
        foreach (var (receiver, id) in _streams)
        {
            var cursor = await CursorAsync(client, id);
            Assert.True(cursor <= receiver.Record.ConfirmedTo, $"The cursor of {Name(receiver)} stands at {cursor}, but its receiver confirmed up to {receiver.Record.ConfirmedTo} only.");
        }
    }

    /// <summary>Every receiver has every event, and no destination set anything aside.</summary>
    public async Task UntilDeliveredAsync(SluiceClient client, long events, TimeSpan limit)
    {
        foreach (var (receiver, id) in _streams)
        {
            await Eventually.TrueAsync(
                limit, async () => receiver.Record.ConfirmedTo >= events - 1 && await CursorAsync(client, id) >= events - 1, () => $"{Name(receiver)} has confirmed {receiver.Record.ConfirmedTo} of {events}");
            var state = (await client.GetAsync($"/v1/audit/siem/{id}")).Expect(200).Json;
            Assert.Equal(("active", 0, 0), ((string)state["status"]!, (int)state["dead_letters"]!, (int)state["gaps"]!));
            receiver.Backend.MustHold(events);
        }

        MustBeRight();
    }

    public override string ToString() =>
        string.Join("; ", Receivers.Select(receiver => $"{Name(receiver)}: {receiver.Record.Requests} requests, {receiver.Record.Repetitions} events repeated"));

    public async ValueTask DisposeAsync()
    {
        foreach (var receiver in Receivers) await receiver.DisposeAsync();
    }

    private static async Task<ManyStreams> CreateAsync(SluiceClient client, IEnumerable<Backend> backends, Random random)
    {
        var streams = new ManyStreams();
        foreach (var backend in backends) await streams.AddAsync(client, backend, random.Next());
        return streams;
    }

    private static string Name(Receiver receiver) => receiver.Backend.GetType().Name;

    private static async Task<long> CursorAsync(SluiceClient client, string id) => (long?)(await client.GetAsync($"/v1/audit/siem/{id}")).Expect(200).Json["cursor"] ?? -1;

    private async Task AddAsync(SluiceClient client, Backend backend, int seed)
    {
        var receiver = await Receiver.StartAsync(backend, seed);
        var definition = backend.Destination(receiver.Address);
        definition["name"] = $"s{_streams.Count}";
        var created = await client.PostAsync("/v1/audit/siem", definition.ToJsonString());
        _streams.Add((receiver, (string)created.Expect(201).Json["id"]!));
    }
}
