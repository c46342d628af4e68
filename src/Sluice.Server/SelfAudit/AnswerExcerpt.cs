using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace Sluice.Server.SelfAudit;

/// <summary>Takes the named members of an answer before it is written. Only calls of which some are named pass here.</summary>
internal static class AnswerExcerpt
{
    public static void AddTo(EndpointBuilder endpoint, CallAudit audit)
    {
        if (audit.Response.Count > 0) endpoint.FilterFactories.Insert(0, (_, next) => context => TakeAsync(context, next, audit));
    }

    private static async ValueTask<object?> TakeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next, CallAudit audit)
    {
        var result = await next(context);
        if (context.HttpContext.Audited() is { } call && (result is IValueHttpResult { Value: { } value } ? value : result is IResult ? null : result) is { } answer)
            call.Response = Excerpt.Of(ToJson(answer, context.HttpContext), audit.Response);
        return result;
    }

    private static JsonObject ToJson(object answer, HttpContext context) =>
        answer as JsonObject ?? JsonSerializer.SerializeToNode(answer, context.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions) as JsonObject ?? [];
}
