using System.Collections.Concurrent;
using System.IO.Compression;
using Sluice.Events;
using Sluice.Ingest;
using Sluice.Server.Authentication;
using Sluice.Server.Errors;
using Sluice.Server.SelfAudit;
using Sluice.Telemetry;
using Sluice.Tenants;

namespace Sluice.Server.Endpoints;

/// <summary><c>POST /v1/audit/events</c>: one object, an array, or NDJSON; gzip too. Answered when every stored event is on the disk.</summary>
internal static class IngestEndpoints
{
    private static readonly TimeSpan ComeBackAfter = TimeSpan.FromSeconds(1);
    private static readonly ConcurrentDictionary<string, EventScope> Scopes = new();
    private static readonly EventScope Instance = new(null);

    public static IEndpointRouteBuilder MapIngest(this IEndpointRouteBuilder app)
    {
        app.MapPost("/v1/audit/events", IngestAsync)
            .WithTags("Events")
            .WithSummary("Record audit events: one object, an array, or lines; gzip too");
        return app;
    }

    private static async Task IngestAsync(HttpContext context, Ingestor ingestor, BodyBudget budget, IngestMetrics metrics, RateLimits limits, TimeProvider time)
    {
        using var body = new BodyBuffer(budget);
        await ReadBodyAsync(context.Request, body);
        var started = time.GetTimestamp();
        using var request = ingestor.Parse(body.Written, IsLines(context.Request), ScopeOf(context.Caller()));
        if (request.Refusal is { } refusal) throw Refused(refusal);
        await context.RequireRateAsync(limits, RateKind.Events, request.Count);
        if (!await ingestor.TryAppendAsync(request)) throw Busy();
        metrics.Appended(request, time.GetElapsedTime(started));
        await IngestAnswer.WriteAsync(context, request, body);
        Note(context, request);
    }

    private static void Note(HttpContext context, ParsedRequest request)
    {
        if (context.Audited() is not { } call) return;
        (call.Events, call.Rejected) = (request.Count, request.Rejected.Count);
        if (call.Events == call.Rejected) call.Reason = $"{request.Rejected[0].Code}: {request.Rejected[0].Message}";
    }

    private static EventScope ScopeOf(Caller caller) =>
        caller.TenantId is { } tenant ? Scopes.GetOrAdd(tenant, static name => new EventScope(name)) : Instance;

    private static bool IsLines(HttpRequest request)
    {
        var type = request.ContentType.AsSpan();
        var end = type.IndexOf(';');
        var name = (end < 0 ? type : type[..end]).Trim();
        return name.Equals("application/x-ndjson", StringComparison.OrdinalIgnoreCase) || name.Equals("application/jsonl", StringComparison.OrdinalIgnoreCase);
    }

    private static async Task ReadBodyAsync(HttpRequest request, BodyBuffer body)
    {
        var encoding = request.Headers.ContentEncoding.ToString();
        var problem = encoding.ToLowerInvariant() switch
        {
            "" or "identity" => await body.ReadAsync(request.Body, request.ContentLength, request.HttpContext.RequestAborted),
            "gzip" => await ReadGzipAsync(request, body),
            _ => throw new ApiProblem(415, "unsupported_encoding", $"Content-Encoding '{encoding}' is not read here; send gzip or nothing."),
        };
        if (problem == BodyProblem.TooLarge)
            throw new ApiProblem(413, "request_too_large", $"A request has at most {EventLimits.RequestBytes:N0} bytes, decompressed; send the rest in another one.");
        if (problem == BodyProblem.Busy) throw Busy();
    }

    private static async Task<BodyProblem> ReadGzipAsync(HttpRequest request, BodyBuffer body)
    {
        try
        {
            await using var unpacked = new GZipStream(request.Body, CompressionMode.Decompress);
            return await body.ReadAsync(unpacked, null, request.HttpContext.RequestAborted);
        }
        catch (InvalidDataException)
        {
            throw new ApiProblem(400, "invalid_gzip", "The body says it is gzip and is not, or it is cut short.");
        }
    }

    private static ApiProblem Refused(RequestRefusal refusal) => new(refusal.Code == "request_too_large" ? 413 : 400, refusal.Code, refusal.Message)
    {
        Column = refusal.Column,
        Members = refusal.Line is { } line ? new Dictionary<string, object?> { ["line"] = line } : [],
    };

    private static ApiProblem Busy() =>
        new(429, "busy", "More events are waiting than may wait; nothing of this request was stored. Send it again after Retry-After.") { RetryAfter = ComeBackAfter };
}
