using Sluice.Events;
using Sluice.Query.Filters;
using Sluice.Server.Configuration;
using Sluice.Server.Endpoints;
using Sluice.Server.Errors;

namespace Sluice.Server.Dialects.Veza;

/// <summary>Filters as Veza's users write them: Sluice's filter language with the names of Veza's event object.</summary>
internal static class VezaFilter
{
    private static readonly FilterNames Names = FilterNames.Of(
        ("ended_at", FilterNames.EndedAt), ("started_at", "api_call.started_at"), ("persisted_at", "persisted_at"),
        ("method", "api_call.method"), ("url", "api_call.url"), ("endpoint", "api_call.endpoint"), ("request_id", "request_id"),
        ("user_id", "actor.id"), ("email", "actor.email"), ("session_id", "session_id"), ("api_key_id", "api_key_id"),
        ("ip", "source_ip"), ("user_agent", "user_agent"),
        ("grpc_code", "api_call.grpc_code"), ("http_status", "api_call.http_status"), ("error_reason", "api_call.error_reason"));

    public static EventFilter Parse(string text) => QueryScope.Parse(text, Names);

    /// <summary>Of a first page: a filter that says how far back it reaches.</summary>
    /// <param name="field">The time that it must have a lower bound of.</param>
    /// <param name="boundsOf">That bound, 0 when there is none.</param>
    public static EventFilter First(string? text, string field, Func<EventFilter, long> boundsOf, TimeSpan window, long now)
    {
        var earliest = Math.Max(0, now - (window.Ticks * TimeSpan.NanosecondsPerTick));
        var filter = text is null ? null : Parse(text);
        var from = filter is null ? 0 : boundsOf(filter);
        if (from >= earliest && from > 0) return filter!;
        var hint = $"The earliest time that can be asked for now is {Timestamp.Text(earliest)}.";
        throw from == 0
            ? new ApiProblem(400, "time_required", $"'filter' needs a lower bound of {field} that all of it depends on, such as {field} GE \"{Timestamp.Text(now - (now - earliest) / 2)}\". {hint}") { Field = "filter" }
            : new ApiProblem(400, "time_out_of_window", $"'filter' begins {Timestamp.Text(from)}, and this call reaches {DurationText.Of(window)} back. {hint}") { Field = "filter" };
    }
}
