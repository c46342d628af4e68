using System.Diagnostics.Metrics;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Sluice.Server.Health;

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

    [Theory]
    [InlineData(null, 200)]
    [InlineData("The index is being rebuilt.", 503)]
    public async Task Every_part_has_a_say_in_whether_the_server_is_ready(string? reason, int status)
    {
        await using var server = await RunningServer.StartAsync(part: new Part(reason));

        var answer = await server.CallAsync("GET", "/readyz", key: null);

        Assert.Equal(status, answer.Status);
        if (reason is not null) Assert.Equal(("5", reason), (answer.Headers["Retry-After"], answer["detail"]));
        Assert.Equal(200, (await server.CallAsync("GET", "/healthz", key: null)).Status);
    }

    [Fact]
    public async Task A_server_that_is_stopping_is_not_ready()
    {
        await using var server = await RunningServer.StartAsync();
        var draining = server.Services.GetServices<IReadiness>().OfType<DrainingReadiness>().Single();
        Assert.Null(draining.WhyNotReady());

        await server.StopAsync();

        Assert.NotNull(draining.WhyNotReady());
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

    private sealed class Part(string? reason) : IReadiness
    {
        public string? WhyNotReady() => reason;
    }
}
