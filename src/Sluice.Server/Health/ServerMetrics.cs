using System.Diagnostics.Metrics;

namespace Sluice.Server.Health;

/// <summary>Whether this server wants traffic, which version it is, and what it answered with an error.</summary>
internal sealed class ServerMetrics : IDisposable
{
    private const string Ingest = "POST /v1/audit/events";

    private readonly Meter _meter = new("Sluice.Server");
    private readonly Counter<long> _failures;

    public ServerMetrics(IEnumerable<IReadiness> parts)
    {
        var version = new KeyValuePair<string, object?>("version", typeof(ServerMetrics).Assembly.GetName().Version?.ToString(3));
        _failures = _meter.CreateCounter<long>("sluice.http.failures", "{request}", "Requests answered with a status of 400 or above.");
        _meter.CreateObservableGauge("sluice.ready", () => parts.All(part => part.WhyNotReady() is null) ? 1 : 0, description: "1 while /readyz says so.");
        _meter.CreateObservableGauge("sluice.build.info", () => new Measurement<int>(1, version), description: "1, with the version that runs.");
    }

    /// <summary>Shows what alerts look at before it happens: a counter that first appears with its first failure has no increase to alert on.</summary>
    public void ShowZeros()
    {
        foreach (var status in new[] { 429, 500, 503, 507 }) Add(0, Ingest, status);
    }

    /// <summary>Counts by the call's pattern, never by the path that was asked for: what callers invent must not become a label.</summary>
    public void Count(HttpContext context)
    {
        if (context.Response.StatusCode < 400) return;
        var pattern = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText;
        Add(1, pattern is null ? "none" : $"{context.Request.Method} {pattern}", context.Response.StatusCode);
    }

    public void Dispose() => _meter.Dispose();

    private void Add(long requests, string call, int status) => _failures.Add(requests, new("call", call), new KeyValuePair<string, object?>("status", status));
}
