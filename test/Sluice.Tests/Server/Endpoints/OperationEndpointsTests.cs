using System.Diagnostics.Metrics;
using System.Text.Json;

namespace Sluice.Tests.Server.Endpoints;

public sealed class OperationEndpointsTests
{
    [Fact]
    public async Task Metrics_are_Prometheus_text()
    {
        await using var server = await RunningServer.StartAsync();
        using var meter = new Meter("Sluice.Test.Endpoint");
        Assert.Equal(200, (await server.CallAsync("GET", "/metrics")).Status);   // the collector listens from its first use
        meter.CreateCounter<long>("sluice.endpoint.calls").Add(3);

        var answer = await server.CallAsync("GET", "/metrics");

        Assert.Equal("text/plain", answer.ContentType);
        Assert.Contains("\nsluice_endpoint_calls_total 3\n", answer.Text, StringComparison.Ordinal);
        Assert.Contains("process_resident_memory_bytes ", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_description_names_the_product_and_the_keys_that_calls_need()
    {
        await using var server = await RunningServer.StartAsync();

        var document = (await server.CallAsync("GET", "/openapi/v1.json", key: null)).Json;

        Assert.Equal("Sluice", document.GetProperty("info").GetProperty("title").GetString());
        Assert.Equal("X-API-Key", document.GetProperty("components").GetProperty("securitySchemes").GetProperty("ApiKey").GetProperty("name").GetString());
        var calls = document.GetProperty("paths");
        Assert.Equal(2, calls.GetProperty("/v1/access/keys").GetProperty("post").GetProperty("security").GetArrayLength());
        Assert.False(calls.GetProperty("/healthz").GetProperty("get").TryGetProperty("security", out JsonElement _));
        Assert.Contains("tenant_id", calls.ToString() + document.GetProperty("components"), StringComparison.Ordinal);
    }
}
