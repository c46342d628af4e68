using Sluice.Events;
using Sluice.Retention;
using Sluice.Server.Authentication;
using Sluice.Storage;
using Sluice.Tenants;

namespace Sluice.Server.Endpoints;

/// <summary><c>/v1/audit/retention</c>: for how long the instance keeps events.</summary>
internal static class RetentionEndpoints
{
    public static IEndpointRouteBuilder MapRetention(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/v1/audit/retention").WithTags("Retention");
        group.MapGet("/", (RetentionSetting setting, LedgerDirectory ledgers, CancellationToken cancellation) => AnswerAsync(setting, ledgers, cancellation))
            .WithSummary("For how long events are kept, and since when they are");
        group.MapPut("/", ChangeAsync).WithSummary("Say for how long events are kept");
        return app;
    }

    private static async Task<RetentionAnswer> ChangeAsync(HttpContext context, RetentionSetting setting, RetentionKeeper keeper, LedgerDirectory ledgers)
    {
        var members = await JsonMembers.ReadAsync(context);
        var days = members.RequiredWholeOrNull("days", 1, RetentionSetting.MostDays);
        members.RefuseUnknown();
        await setting.WriteAsync((int?)days, context.RequestAborted);
        keeper.Wake();
        return await AnswerAsync(setting, ledgers, context.RequestAborted);
    }

    private static async Task<RetentionAnswer> AnswerAsync(RetentionSetting setting, LedgerDirectory ledgers, CancellationToken cancellation)
    {
        var oldest = await OldestEvent.PersistedAtAsync(ledgers.Main, cancellation);
        return new RetentionAnswer(await setting.ReadAsync(cancellation), ledgers.Main.First, oldest is { } at ? Timestamp.Text(at) : null);
    }

    internal sealed record RetentionAnswer(int? Days, long FirstSequence, string? OldestPersistedAt);
}
