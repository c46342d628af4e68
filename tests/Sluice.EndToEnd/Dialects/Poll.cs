using System.Net;
using System.Text.Json.Nodes;
using Sluice.EndToEnd.Durability;

namespace Sluice.EndToEnd.Dialects;

internal static class Poll
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(30);

    /// <summary>Null when the server was away or told to come back; then the route leads to the next one.</summary>
    public static async Task<JsonNode?> TryGetAsync(Route route, string path)
    {
        try
        {
            var answer = await route.Now.GetAsync(path);
            if (answer.Status is not (HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable)) return answer.Expect(200).Json;
        }
        catch (Exception problem) when (problem is HttpRequestException or IOException or TaskCanceledException)
        {
            // Killed, or not up again yet.
        }

        route.Next();
        await Task.Delay(Pause);
        return null;
    }
}
