using System.Text.Json.Nodes;
using Sluice.Delivery.Replays;
using Sluice.Server.Authentication;
using Sluice.Server.Errors;
using Sluice.Streams;

namespace Sluice.Server.Endpoints;

/// <summary>Everything of a destination that sends again: replays, gaps that are refilled, dead letters.</summary>
internal static class ReplayEndpoints
{
    /// <param name="group">That of the destinations, which says who may and answers refusals.</param>
    public static void MapReplays(this RouteGroupBuilder group)
    {
        group.MapPost("/{id}/replays", StartAsync).WithSummary("Send a range again, beside the live stream");
        group.MapGet("/{id}/replays", ListAsync).WithSummary("List the replays, newest first");
        group.MapGet("/{id}/replays/{replay}", GetAsync).WithSummary("Show how far a replay is");
        group.MapDelete("/{id}/replays/{replay}", StopAsync).WithSummary("Stop a replay");
        group.MapPost("/{id}/gaps/{gap}/refill", RefillAsync).WithSummary("Send what is in a closed gap");
        group.MapGet("/{id}/dead-letters/{sequence:long}", InspectAsync).WithSummary("Show a refused event as it was sent");
        group.MapPost("/{id}/dead-letters/replay", ReplayDeadLettersAsync).WithSummary("Send refused events again");
    }

    private static async Task<IResult> StartAsync(string id, HttpContext context, ReplayControl replays)
    {
        var request = ReplayBody.Range(await JsonObjectBody.ReadAsync(context));
        return Accepted(context, await replays.StartAsync(id, request, context.Caller(), context.RequestAborted) ?? throw NoDestination(id));
    }

    private static async Task<IResult> ListAsync(string id, HttpContext context, ReplayControl replays)
    {
        var list = await replays.ListAsync(id, context.Caller(), context.RequestAborted) ?? throw NoDestination(id);
        return Results.Json(new JsonObject { ["replays"] = new JsonArray([.. list.Select(ReplayAnswer.Of)]), ["next_page_token"] = null });
    }

    private static async Task<IResult> GetAsync(string id, string replay, HttpContext context, ReplayControl replays) =>
        Results.Json(ReplayAnswer.Of(await replays.GetAsync(id, replay, context.Caller(), context.RequestAborted) ?? throw NoReplay(id, replay)));

    private static async Task<IResult> StopAsync(string id, string replay, HttpContext context, ReplayControl replays) =>
        Results.Json(ReplayAnswer.Of(await replays.StopAsync(id, replay, context.Caller(), context.RequestAborted) ?? throw NoReplay(id, replay)));

    private static async Task<IResult> RefillAsync(string id, string gap, HttpContext context, ReplayControl replays)
    {
        ReplayBody.RefuseAny(await JsonObjectBody.ReadOptionalAsync(context));
        return Accepted(context, await replays.RefillAsync(id, gap, context.Caller(), context.RequestAborted) ?? throw ApiProblem.NotFound($"gap {gap} of destination {id}"));
    }

    private static async Task<IResult> InspectAsync(string id, long sequence, HttpContext context, ReplayControl replays) =>
        Results.Json(ReplayAnswer.Of(
            await replays.InspectAsync(id, sequence, context.Caller(), context.RequestAborted) ?? throw ApiProblem.NotFound($"dead letter {sequence} of destination {id}")));

    private static async Task<IResult> ReplayDeadLettersAsync(string id, HttpContext context, ReplayControl replays)
    {
        var sequences = ReplayBody.Sequences(await JsonObjectBody.ReadOptionalAsync(context));
        return Accepted(context, await replays.ReplayDeadLettersAsync(id, sequences, context.Caller(), context.RequestAborted) ?? throw NoDestination(id));
    }

    private static IResult Accepted(HttpContext context, StoredReplay replay)
    {
        context.Response.Headers.Location = $"/v1/audit/siem/{replay.Order.DestinationId}/replays/{replay.Order.Id}";
        return Results.Json(ReplayAnswer.Of(replay), statusCode: StatusCodes.Status202Accepted);
    }

    private static ApiProblem NoDestination(string id) => ApiProblem.NotFound($"destination {id}");

    private static ApiProblem NoReplay(string id, string replay) => ApiProblem.NotFound($"replay {replay} of destination {id}");
}
