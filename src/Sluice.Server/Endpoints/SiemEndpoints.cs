using System.Globalization;
using System.Text.Json.Nodes;
using Sluice.Delivery;
using Sluice.Delivery.Definitions;
using Sluice.Delivery.Replays;
using Sluice.Delivery.Trials;
using Sluice.Server.Authentication;
using Sluice.Server.Errors;
using Sluice.Streams;
using Sluice.Tenants;

namespace Sluice.Server.Endpoints;

/// <summary>Destinations and their streams: an instance's key has all, a tenant's key those of its tenant.</summary>
internal static class SiemEndpoints
{
    private const int DefaultPage = 100;
    private const int LargestPage = 1_000;

    public static IEndpointRouteBuilder MapStreams(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/v1/audit/siem").WithTags("Destinations").AddEndpointFilter(AnswerRefusalsAsync);
        group.MapPost("/", CreateAsync).WithSummary("Set up a destination; it receives all event data that its filter lets through");
        group.MapGet("/", ListAsync).WithSummary("List the destinations with their status");
        group.MapPost("/dry-run", DryRunAsync).WithSummary("Try a filter, profile or field list on what came in lately");
        group.MapPost("/test", TestGivenAsync).WithSummary("Send a test to a destination before it is saved");
        group.MapGet("/{id}", GetAsync).WithSummary("Show a destination");
        group.MapPut("/{id}", UpdateAsync).WithSummary("Change a destination: members left out stay, null clears");
        group.MapDelete("/{id}", DeleteAsync).WithSummary("Flush a destination for at most 30 s, then delete it");
        group.MapPut("/{id}/headers/{name}", SetHeaderAsync).WithSummary("Add or change one header of a destination");
        group.MapDelete("/{id}/headers/{name}", RemoveHeaderAsync).WithSummary("Remove one header of a destination");
        group.MapPost("/{id}/test", TestAsync).WithSummary("Send one event that is marked as a test");
        group.MapPost("/{id}/resume", ResumeAsync).WithSummary("Let a failed destination go on");
        group.MapGet("/{id}/lag", LagAsync).WithSummary("Show how far a destination was behind over the last day");
        group.MapGet("/{id}/attempts", AttemptsAsync).WithSummary("List the last sendings, newest first");
        group.MapGet("/{id}/dead-letters", DeadLettersAsync).WithSummary("List the events that the destination refuses");
        group.MapDelete("/{id}/dead-letters/{sequence:long}", RemoveDeadLetterAsync).WithSummary("Forget a refused event");
        group.MapGet("/{id}/gaps", GapsAsync).WithSummary("List the ranges that were on purpose not streamed");
        group.MapReplays();
        return app;
    }

    private static async Task<IResult> CreateAsync(HttpContext context, StreamControl streams)
    {
        var created = await streams.CreateAsync(await JsonObjectBody.ReadAsync(context), context.Caller(), context.RequestAborted);
        context.Response.Headers.Location = $"/v1/audit/siem/{created.Definition.Id}";
        return Results.Json(DestinationAnswer.Of(created, context.Caller()), statusCode: StatusCodes.Status201Created);
    }

    private static async Task<IResult> DryRunAsync(HttpContext context, DryRun trial)
    {
        var given = await JsonObjectBody.ReadAsync(context);
        var days = given["days"] switch
        {
            null => DryRun.DefaultDays,
            JsonValue value when value.TryGetValue(out int whole) && whole is >= 1 and <= DryRun.MostDays => whole,
            _ => throw new ApiProblem(400, "invalid_value", $"days is a whole number from 1 to {DryRun.MostDays}.") { Field = "days" },
        };
        given.Remove("days");
        var result = await trial.RunAsync(given, days, context.Caller(), context.RequestAborted);
        return Results.Json(new JsonObject
        {
            ["matched"] = result.Matched,
            ["of"] = result.Of,
            ["samples"] = new JsonArray([.. result.Samples]),
            ["unknown_event_types"] = new JsonArray([.. result.UnknownEventTypes.Select(type => (JsonNode)type)]),
        });
    }

    private static async Task<IResult> ListAsync(HttpContext context, StreamViews streams)
    {
        var views = await streams.ListAsync(context.Caller(), context.RequestAborted);
        return Results.Json(new JsonObject { ["destinations"] = new JsonArray([.. views.Select(view => DestinationAnswer.Of(view, context.Caller()))]), ["next_page_token"] = null });
    }

    private static async Task<IResult> GetAsync(string id, HttpContext context, StreamViews streams) =>
        Answer(id, context, await streams.GetAsync(id, context.Caller(), context.RequestAborted));

    private static async Task<IResult> UpdateAsync(string id, HttpContext context, StreamControl streams) =>
        Answer(id, context, await streams.UpdateAsync(id, await JsonObjectBody.ReadAsync(context), context.Caller(), CancellationToken.None));

    private static async Task<IResult> DeleteAsync(string id, HttpContext context, StreamControl streams) =>
        Answer(id, context, await streams.DeleteAsync(id, context.Caller(), CancellationToken.None), StatusCodes.Status202Accepted);

    private static async Task<IResult> SetHeaderAsync(string id, string name, HttpContext context, StreamControl streams)
    {
        var given = await JsonObjectBody.ReadAsync(context);
        return Answer(id, context, await streams.UpdateAsync(id, definition => HeaderChange.Set(definition, name, given), context.Caller(), CancellationToken.None));
    }

    private static async Task<IResult> RemoveHeaderAsync(string id, string name, HttpContext context, StreamControl streams) =>
        Answer(id, context, await streams.UpdateAsync(id, definition => HeaderChange.Remove(definition, name), context.Caller(), CancellationToken.None));

    private static async Task<IResult> TestGivenAsync(HttpContext context, StreamControl streams)
    {
        var given = await JsonObjectBody.ReadAsync(context);
        if (!given.Remove("id", out var named)) return Results.Json(TestAnswer.Of(await streams.TestNewAsync(given, context.Caller(), context.RequestAborted)));
        var id = named is JsonValue value && value.TryGetValue(out string? text) ? text : throw new ApiProblem(400, "invalid_type", "id is a text: the destination that would change.") { Field = "id" };
        return Results.Json(TestAnswer.Of(await streams.TestChangedAsync(id, given, context.Caller(), context.RequestAborted) ?? throw NotFound(id)));
    }

    private static async Task<IResult> TestAsync(string id, HttpContext context, StreamControl streams) =>
        Results.Json(TestAnswer.Of(await streams.TestAsync(id, context.Caller(), context.RequestAborted) ?? throw NotFound(id)));

    private static async Task<IResult> ResumeAsync(string id, HttpContext context, StreamControl streams)
    {
        var body = await JsonObjectBody.ReadOptionalAsync(context);
        if (body.FirstOrDefault(member => member.Key != "from").Key is { } unknown)
            throw new ApiProblem(400, "unknown_field", $"There is no member {unknown}; there is from.") { Field = unknown };
        var from = body["from"] switch
        {
            null => "now",
            JsonValue value when value.TryGetValue(out string? text) => text,
            _ => throw new ApiProblem(400, "invalid_type", "from is \"now\", \"gap\" or an RFC 3339 time.") { Field = "from" },
        };
        return Answer(id, context, await streams.ResumeAsync(id, from, context.Caller(), CancellationToken.None));
    }

    private static async Task<IResult> LagAsync(string id, HttpContext context, StreamViews streams) =>
        Results.Json(new LagListAnswer([.. (await streams.LagAsync(id, context.Caller(), context.RequestAborted) ?? throw NotFound(id)).Select(LagSampleAnswer.Of)]));

    private static async Task<IResult> AttemptsAsync(string id, HttpContext context, StreamViews streams, ReplayControl replays)
    {
        var parameters = new QueryParameters(context.Request, "page_size", "page_token", "replay_id");
        var (size, token) = ((int)(parameters.Number("page_size", 1, LargestPage) ?? DefaultPage), parameters.Text("page_token"));
        var before = token is null ? long.MaxValue : After(token);
        var attempts = parameters.Text("replay_id") is { } replay
            ? await replays.AttemptsAsync(id, replay, context.Caller(), context.RequestAborted) ?? throw ApiProblem.NotFound($"replay {replay} of destination {id}")
            : await streams.AttemptsAsync(id, context.Caller(), context.RequestAborted) ?? throw NotFound(id);
        var page = attempts.Where(attempt => attempt.Number < before).Take(size + 1).ToList();
        var next = page.Count > size ? page[size - 1].Number.ToString(CultureInfo.InvariantCulture) : null;
        return Results.Json(new AttemptListAnswer([.. page.Take(size).Select(AttemptAnswer.Of)], next));
    }

    private static async Task<IResult> DeadLettersAsync(string id, HttpContext context, StreamViews streams)
    {
        var parameters = new QueryParameters(context.Request, "page_size", "page_token", "replay_id");
        var size = (int)(parameters.Number("page_size", 1, LargestPage) ?? DefaultPage);
        var letters = await streams.DeadLettersAsync(id, context.Caller(), After(parameters.Text("page_token")), size + 1, parameters.Text("replay_id"), context.RequestAborted) ?? throw NotFound(id);
        var token = letters.Count > size ? letters[size - 1].Sequence.ToString(CultureInfo.InvariantCulture) : null;
        return Results.Json(new DeadLetterListAnswer([.. letters.Take(size).Select(DeadLetterAnswer.Of)], token));
    }

    private static async Task<IResult> RemoveDeadLetterAsync(string id, long sequence, HttpContext context, StreamControl streams) =>
        await streams.RemoveDeadLetterAsync(id, sequence, context.Caller(), context.RequestAborted) ? Results.NoContent() : throw ApiProblem.NotFound($"dead letter {sequence} of destination {id}");

    private static async Task<IResult> GapsAsync(string id, HttpContext context, StreamViews streams) =>
        Results.Json(new GapListAnswer([.. (await streams.GapsAsync(id, context.Caller(), context.RequestAborted) ?? throw NotFound(id)).Select(GapAnswer.Of)]));

    private static IResult Answer(string id, HttpContext context, DestinationView? view, int status = StatusCodes.Status200OK) =>
        Results.Json(DestinationAnswer.Of(view ?? throw NotFound(id), context.Caller()), statusCode: status);

    private static ApiProblem NotFound(string id) => ApiProblem.NotFound($"destination {id}");

    private static long After(string? token)
    {
        if (token is null) return -1;
        if (long.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out var sequence)) return sequence;
        throw new ApiProblem(400, "invalid_page_token", "This page token is not one of ours.") { Field = "page_token" };
    }

    private static async ValueTask<object?> AnswerRefusalsAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (DefinitionException refused)
        {
            var status = refused.Code.StartsWith("forbidden", StringComparison.Ordinal) ? StatusCodes.Status403Forbidden : StatusCodes.Status400BadRequest;
            var members = new Dictionary<string, object?>();
            if (refused.Line is { } line) members["line"] = line;
            if (refused.Expected is { } expected) members["expected"] = expected;
            throw new ApiProblem(status, refused.Code, refused.Message) { Field = refused.Field, Column = refused.Column, Members = members };
        }
        catch (NameTakenException refused)
        {
            throw new ApiProblem(StatusCodes.Status409Conflict, "name_taken", refused.Message) { Field = "name" };
        }
        catch (DestinationStateException refused)
        {
            throw new ApiProblem(StatusCodes.Status409Conflict, refused.Code, refused.Message);
        }
        catch (DestinationGoneException gone)
        {
            var unsent = new JsonObject { ["first"] = gone.Unsent.First, ["last"] = gone.Unsent.Last, ["count"] = gone.Unsent.Count };
            throw new ApiProblem(StatusCodes.Status410Gone, "gone", gone.Message) { Members = new Dictionary<string, object?> { ["unsent"] = unsent } };
        }
    }
}
