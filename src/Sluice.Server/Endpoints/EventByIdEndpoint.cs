using Sluice.Profiles;
using Sluice.Query;
using Sluice.Query.Filters;
using Sluice.Server.Errors;
using Sluice.Storage;

namespace Sluice.Server.Endpoints;

/// <summary><c>GET /v1/audit/events/{id}</c>.</summary>
internal static class EventByIdEndpoint
{
    public static async Task HandleAsync(string id, HttpContext context, LedgerDirectory ledgers)
    {
        var parameters = new QueryParameters(context.Request, "tenant_id");
        var query = QueryScope.Of(context, ledgers, null, parameters.Text("tenant_id")).Query;
        if (!EventFilter.TryParse($"id EQ {EventFilter.Quote(id)}", out var filter, out _)) throw ApiProblem.NotFound("event with this id");
        var narrowed = new EventQuery(query.Ledger, query.Index, filter, query.Tenant);
        using var walk = new EventWalk(narrowed, new SequenceSpan(query.Ledger.First, query.Ledger.Size, true), wanted: 1);
        await AnswerAsync(context, walk, onlyOne: query.Tenant is not null);
    }

    /// <param name="onlyOne">Whether there cannot be a second one: inside a tenant ids are unique.</param>
    private static async Task AnswerAsync(HttpContext context, EventWalk walk, bool onlyOne)
    {
        if (!await walk.NextAsync(context.RequestAborted)) throw ApiProblem.NotFound("event with this id");
        var answer = new System.Buffers.ArrayBufferWriter<byte>(walk.Current.Body.Length + 256);
        SluiceProfile.Instance.Write(walk.Current, answer);
        if (!onlyOne && await walk.NextAsync(context.RequestAborted))
            throw new ApiProblem(409, "ambiguous_id", "More than one tenant has an event with this id. Say which with ?tenant_id=.") { Field = "tenant_id" };
        context.Response.ContentType = "application/json";
        await context.Response.Body.WriteAsync(answer.WrittenMemory, context.RequestAborted);
    }
}
