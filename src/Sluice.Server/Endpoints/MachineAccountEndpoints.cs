using Sluice.Events;
using Sluice.Server.Authentication;
using Sluice.Server.Errors;
using Sluice.Tenants;

namespace Sluice.Server.Endpoints;

/// <summary>Machine accounts, managed like keys: an instance's admin has all, a tenant's admin those of its own tenant.</summary>
internal static class MachineAccountEndpoints
{
    public static IEndpointRouteBuilder MapMachineAccounts(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/v1/access/accounts").WithTags("Access");
        group.MapPost("/", CreateAsync).WithSummary("Make a machine account");
        group.MapGet("/", ListAsync).WithSummary("List the machine accounts");
        group.MapGet("/{id}", GetAsync).WithSummary("Show a machine account with its keys");
        group.MapPut("/{id}", ChangeAsync).WithSummary("Change a machine account: members left out stay");
        group.MapDelete("/{id}", DeleteAsync).WithSummary("Delete a machine account and revoke its keys");
        return app;
    }

    private static async Task<IResult> CreateAsync(HttpContext context, MachineAccounts accounts)
    {
        var members = await JsonMembers.ReadAsync(context);
        var (name, role, tenant, networks) = (members.RequiredText("name"), members.Role(), members.TenantFor(context.Caller()), members.Networks());
        members.RefuseUnknown();
        CheckName(name);
        if (tenant == TenantNames.Sluice && role is not Role.Reader) throw JsonMembers.Wrong("invalid_value", "role", $"must be reader for tenant {TenantNames.Sluice}, which nobody else writes to");
        var account = await accounts.CreateAsync(name, role ?? throw JsonMembers.Wrong("missing_field", "role", "is missing"), tenant, networks ?? AddressList.Everywhere, context.RequestAborted);
        return Results.Json(MachineAccountAnswer.Of(account), statusCode: StatusCodes.Status201Created);
    }

    private static async Task<IResult> ListAsync(HttpContext context, MachineAccounts accounts) =>
        Results.Json(new MachineAccountListAnswer([.. (await accounts.ListAsync(context.Caller(), context.RequestAborted)).Select(MachineAccountAnswer.Of)], null));

    private static async Task<IResult> GetAsync(string id, HttpContext context, MachineAccounts accounts, AccessKeys keys, KeyUse use)
    {
        var account = await accounts.FindAsync(id, context.Caller(), context.RequestAborted) ?? throw NotFound(id);
        var its = (await keys.ListAsync(context.Caller(), context.RequestAborted)).Where(key => key.AccountId == id);
        return Results.Json(new MachineAccountWithKeysAnswer(MachineAccountAnswer.Of(account), [.. its.Select(key => AccessKeyAnswer.Of(key, use))]));
    }

    private static async Task<IResult> ChangeAsync(string id, HttpContext context, MachineAccounts accounts)
    {
        var members = await JsonMembers.ReadAsync(context);
        var change = new MachineAccountChange(members.Text("name"), members.Role(), members.Networks());
        members.RefuseUnknown();
        if (change.Name is { } name) CheckName(name);
        var (verdict, account) = await accounts.ChangeAsync(id, change, context.Caller(), context.RequestAborted);
        return Results.Json(MachineAccountAnswer.Of(Checked(id, verdict, account)));
    }

    private static async Task<IResult> DeleteAsync(string id, HttpContext context, MachineAccounts accounts)
    {
        Checked(id, await accounts.DeleteAsync(id, context.Caller()), "");
        return Results.NoContent();
    }

    private static T Checked<T>(string id, AccountVerdict verdict, T? result) => verdict switch
    {
        AccountVerdict.Done => result!,
        AccountVerdict.LastAdmin => throw AccessKeyEndpoints.LastAdmin(),
        _ => throw NotFound(id),
    };

    private static void CheckName(string name)
    {
        if (AccessKeyRules.BrokenName(name) is { } fault) throw AccessMembers.Wrong(fault);
    }

    private static ApiProblem NotFound(string id) => ApiProblem.NotFound($"machine account {id}");

    internal sealed record MachineAccountAnswer(string Id, string Name, string Role, string? TenantId, IReadOnlyList<string> AllowedNetworks, string CreatedAt)
    {
        public static MachineAccountAnswer Of(MachineAccount account) =>
            new(account.Id, account.Name, RoleNames.Of(account.Role), account.TenantId, account.AllowedNetworks.Texts, Timestamp.Text(account.CreatedAt));
    }

    internal sealed record MachineAccountListAnswer(IReadOnlyList<MachineAccountAnswer> Accounts, string? NextPageToken);

    internal sealed record MachineAccountWithKeysAnswer(MachineAccountAnswer Account, IReadOnlyList<AccessKeyAnswer> Keys);
}
