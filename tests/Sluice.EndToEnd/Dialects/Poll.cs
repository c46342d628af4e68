using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Sluice.EndToEnd.Durability;
using Sluice.EndToEnd.Running;

namespace Sluice.EndToEnd.Dialects;

internal static class Poll
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(30);

    /// <summary>Null when the server was away or told to come back; then the route leads to the next one.</summary>
    public static Task<JsonNode?> TryGetAsync(Route route, string path) => TryAsync(route, client => client.GetAsync(path));

    /// <summary>The same.</summary>
    public static Task<JsonNode?> TryPostAsync(Route route, string path, string json) => TryAsync(route, client => client.PostAsync(path, json));

    private static async Task<JsonNode?> TryAsync(Route route, Func<SluiceClient, Task<Answer>> ask)
    {
        try
        {
            var answer = await ask(route.Now);
            if (answer.Status is not (HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable)) return answer.Expect(200).Json;
        }
        catch (Exception problem) when (problem is HttpRequestException or SocketException or IOException or TaskCanceledException)
        {
            // Killed, or not up again yet.
        }

        route.Next();
        await Task.Delay(Pause);
        return null;
    }
}
