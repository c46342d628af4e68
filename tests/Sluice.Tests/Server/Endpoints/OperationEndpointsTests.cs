using System.Diagnostics.Metrics;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Sluice.Server.Health;
using Sluice.Storage;

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
    public async Task The_one_node_of_a_data_folder_says_what_it_runs()
    {
        await using var server = await RunningServer.StartAsync();
        var id = (await server.CallAsync("POST", "/v1/audit/siem", body: """{"name":"SOC","provider":"stdout"}""")).Json.GetProperty("id").GetString();

        var answer = await server.CallAsync("GET", "/v1/nodes");

        var node = Assert.Single(answer.Json.GetProperty("nodes").EnumerateArray().ToList());
        Assert.True(node.GetProperty("self").GetBoolean());
        Assert.True(Guid.TryParse(node.GetProperty("id").GetString(), out _));
        Assert.Equal(["destination_id", "name", "status"], node.GetProperty("streams")[0].EnumerateObject().Select(member => member.Name));
        Assert.Equal((id, "SOC", "active"), (node.GetProperty("streams")[0].GetProperty("destination_id").GetString(),
            node.GetProperty("streams")[0].GetProperty("name").GetString(), node.GetProperty("streams")[0].GetProperty("status").GetString()));
    }

    [Fact]
    public async Task A_server_is_ready_only_while_its_store_answers()
    {
        var time = new Fakes.ManualTimeProvider();
        var store = new UnsteadyStore();
        using var readiness = new StoreReadiness(store, time);

        await readiness.RefreshAsync();
        Assert.Null(readiness.WhyNotReady());

        store.IsAway = true;
        await readiness.RefreshAsync();
        Assert.Null(readiness.WhyNotReady());   // asked less than a second ago

        time.Advance(TimeSpan.FromSeconds(1));
        await readiness.RefreshAsync();
        Assert.NotNull(readiness.WhyNotReady());

        (store.IsAway, store.Hangs) = (false, true);
        time.Advance(TimeSpan.FromSeconds(1));
        var refreshing = readiness.RefreshAsync().AsTask();
        time.Advance(TimeSpan.FromSeconds(1));
        await refreshing;
        Assert.Equal("The store does not answer.", readiness.WhyNotReady());
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

    private sealed class UnsteadyStore : IConfigurationStore
    {
        public bool IsAway { get; set; }

        public bool Hangs { get; set; }

        public async ValueTask<T> ReadAsync<T>(Func<IConfigurationSession, ValueTask<T>> read, CancellationToken cancellation = default)
        {
            if (IsAway) throw new StorageUnavailableException("It is away.");
            if (Hangs) await new TaskCompletionSource().Task;
            return default!;
        }

        public ValueTask<T> WriteAsync<T>(Func<IConfigurationSession, ValueTask<T>> write, CancellationToken cancellation = default) => throw new NotSupportedException();

        public ValueTask<T> WriteRelaxedAsync<T>(Func<IConfigurationSession, ValueTask<T>> write, CancellationToken cancellation = default) => throw new NotSupportedException();

        public ValueTask<IAsyncDisposable> LockForStartAsync(CancellationToken cancellation = default) => throw new NotSupportedException();

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
