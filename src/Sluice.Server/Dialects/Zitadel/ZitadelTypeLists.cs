using System.Buffers;
using Sluice.Server.Endpoints;

namespace Sluice.Server.Dialects.Zitadel;

/// <summary>The types to filter by: those that have a name, and those that the caller's events have.</summary>
internal static class ZitadelTypeLists
{
    public static async Task OfEventsAsync(HttpContext context, ZitadelTypes types)
    {
        await ZitadelBody.ReadAsync(context);
        var labels = ZitadelLanguage.Of(context);
        await WriteAsync(context, "eventTypes", await types.EventsAsync(context), ZitadelType.Event, labels);
    }

    public static async Task OfAggregatesAsync(HttpContext context, ZitadelTypes types)
    {
        await ZitadelBody.ReadAsync(context);
        var labels = ZitadelLanguage.Of(context);
        await WriteAsync(context, "aggregateTypes", await types.AggregatesAsync(context), ZitadelType.Aggregate, labels);
    }

    private static Task WriteAsync(HttpContext context, string name, IEnumerable<string> types, ZitadelType kind, ZitadelLabels labels) =>
        StreamedAnswer.WriteAsync(context, "application/json", async (answer, cancellation) =>
        {
            answer.Write(System.Text.Encoding.UTF8.GetBytes($"{{\"{name}\":["));
            var isFirst = true;
            foreach (var type in types)
            {
                if (!isFirst) answer.Write(","u8);
                isFirst = false;
                answer.Write(kind.Text(type, labels));
                await answer.FlushIfFullAsync(cancellation);
            }

            answer.Write("]}"u8);
        });
}
