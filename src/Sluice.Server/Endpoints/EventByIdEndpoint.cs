using System.Buffers;
using Sluice.Profiles;
using Sluice.Storage;

namespace Sluice.Server.Endpoints;

/// <summary><c>GET /v1/audit/events/{id}</c>.</summary>
internal static class EventByIdEndpoint
{
    public static async Task HandleAsync(string id, HttpContext context, LedgerDirectory ledgers)
    {
        var parameters = new QueryParameters(context.Request, "tenant_id");
        var answer = new ArrayBufferWriter<byte>();
        await EventById.FindAsync(id, parameters.Text("tenant_id"), context, ledgers, stored => SluiceProfile.Instance.Write(stored, answer));
        context.Response.ContentType = "application/json";
        await context.Response.Body.WriteAsync(answer.WrittenMemory, context.RequestAborted);
    }
}
