using System.Buffers;
using Sluice.Profiles;
using Sluice.Storage;

namespace Sluice.Server.Endpoints;

/// <summary><c>GET /v1/audit/events/{id}</c>: one event, as whichever profile spells it.</summary>
internal static class EventByIdEndpoint
{
    private static readonly string Names = string.Join(", ", ProfileCatalogue.All.Select(profile => profile.Name));

    public static async Task HandleAsync(string id, HttpContext context, LedgerDirectory ledgers)
    {
        var parameters = new QueryParameters(context.Request, "tenant_id", "source", "profile");
        var profile = ProfileOf(parameters.Text("profile"));
        var answer = new ArrayBufferWriter<byte>();
        await EventById.FindAsync(id, parameters.Text("tenant_id"), context, ledgers, stored => profile.Write(stored, answer), parameters.Text("source"));
        context.Response.ContentType = profile.IsJson ? "application/json" : "text/plain; charset=utf-8";
        await context.Response.Body.WriteAsync(answer.WrittenMemory, context.RequestAborted);
    }

    private static IProfile ProfileOf(string? name) => name is null
        ? SluiceProfile.Instance
        : ProfileCatalogue.All.FirstOrDefault(profile => profile.Name == name) ?? throw QueryParameters.Invalid("profile", $"must be one of {Names}");
}
