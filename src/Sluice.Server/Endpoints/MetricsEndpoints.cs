using Sluice.Server.Authentication;
using Sluice.Telemetry;

namespace Sluice.Server.Endpoints;

internal static class MetricsEndpoints
{
    public static IEndpointRouteBuilder MapMetrics(this IEndpointRouteBuilder app)
    {
        app.MapGet("/metrics", (MetricsCollector metrics) => Results.Text(metrics.Text(), MetricsCollector.ContentType))
            .WithTags("Operation").WithSummary("Metrics in Prometheus' text format");
        return app;
    }
}
