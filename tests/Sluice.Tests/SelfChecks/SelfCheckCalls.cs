using System.Text.Json;
using Sluice.Tests.Fakes;
using Sluice.Tests.Server;

namespace Sluice.Tests.SelfChecks;

internal static class SelfCheckCalls
{
    public const string Path = "/v1/audit/log/self-check";

    /// <summary>Has a check made, and waits for its end.</summary>
    public static async Task<JsonElement> RunAsync(RunningServer server)
    {
        Assert.Equal(202, (await server.CallAsync("POST", Path)).Status);
        return await EndAsync(server);
    }

    public static async Task<JsonElement> EndAsync(RunningServer server)
    {
        JsonElement shown = default;
        await Eventually.TrueAsync(async () => (shown = (await server.CallAsync("GET", Path)).Json).GetProperty("running").ValueKind == JsonValueKind.Null);
        return shown;
    }

    public static async Task<string> MetricsAsync(RunningServer server) => (await server.CallAsync("GET", "/metrics")).Text;
}
