using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Sluice.EndToEnd.Running;

namespace Sluice.EndToEnd.Cluster;

/// <summary>Several real servers on one PostgreSQL, each with a port and a folder of its own that outlive its process.</summary>
internal sealed class SluiceCluster : IAsyncDisposable
{
    private readonly Func<int, string> _storeOf;
    private readonly string _secret = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
    private readonly List<Place> _places = [];

    private readonly string[] _settings;

    private SluiceCluster(Func<int, string> storeOf, string[] settings) => (_storeOf, _settings) = (storeOf, settings);

    /// <summary>The running nodes.</summary>
    public IEnumerable<SluiceProcess> Running => _places.Select(place => place.Process).OfType<SluiceProcess>();

    /// <summary>A client for every node that was ever started, running or not.</summary>
    public IReadOnlyList<SluiceClient> Clients => [.. _places.Select(place => place.Client)];

    public SluiceProcess this[int node] => _places[node].Process ?? throw new InvalidOperationException($"Node {node} does not run.");

    public static Task<SluiceCluster> StartAsync(string store, int nodes, params string[] settings) => StartAsync(_ => store, nodes, settings);

    /// <param name="storeOf">The connection string of each node.</param>
    /// <param name="settings">Further options of every node.</param>
    public static async Task<SluiceCluster> StartAsync(Func<int, string> storeOf, int nodes, params string[] settings)
    {
        var cluster = new SluiceCluster(storeOf, settings);
        try
        {
            for (var node = 0; node < nodes; node++) await cluster.StartAsync(node);
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    public static string NameOf(int node) => $"node-{node}";

    /// <summary>Starts a node, the first time or again after it ended.</summary>
    public async Task StartAsync(int node)
    {
        if (node == _places.Count) _places.Add(new Place(FreePort.Take()));
        var place = _places[node];
        place.Process = await SluiceProcess.StartAsync(
            place.Folder.Path, place.Port, [$"--Sluice:Store={_storeOf(node)}", $"--Sluice:Node:Name={NameOf(node)}", $"--Sluice:Secrets:Key={_secret}", .. _settings]);
    }

    /// <summary>kill -9.</summary>
    public async Task KillAsync(int node)
    {
        this[node].Kill();
        await ForgetAsync(node);
    }

    /// <summary>SIGTERM, and until it has ended.</summary>
    public async Task StopAsync(int node)
    {
        Assert.Equal(0, await this[node].StopAsync());
        await ForgetAsync(node);
    }

    /// <summary>The node that runs a stream, as the given node tells; null while none does.</summary>
    public static async Task<string?> OwnerAsync(SluiceClient client, string destination)
    {
        var nodes = (await client.GetAsync("/v1/nodes")).Expect(200).Json["nodes"]!.AsArray();
        return (string?)nodes.FirstOrDefault(node => StreamsOf(node!).Contains(destination))?["name"];
    }

    /// <summary>How many streams each node runs, by its name.</summary>
    public static async Task<IReadOnlyDictionary<string, int>> SharesAsync(SluiceClient client)
    {
        var nodes = (await client.GetAsync("/v1/nodes")).Expect(200).Json["nodes"]!.AsArray();
        return nodes.ToDictionary(node => (string)node!["name"]!, node => StreamsOf(node!).Count());
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var place in _places)
        {
            if (place.Process is { } process) await process.DisposeAsync();
            place.Client.Dispose();
            place.Folder.Dispose();
        }
    }

    private static IEnumerable<string> StreamsOf(JsonNode node) => node["streams"]!.AsArray().Select(stream => (string)stream!["destination_id"]!);

    private async Task ForgetAsync(int node)
    {
        await this[node].DisposeAsync();
        _places[node].Process = null;
    }

    private sealed class Place(int port)
    {
        public int Port { get; } = port;

        public DataFolder Folder { get; } = new();

        public SluiceClient Client { get; } = new(new Uri($"http://127.0.0.1:{port}"), SluiceProcess.AdminKey);

        public SluiceProcess? Process { get; set; }
    }
}
