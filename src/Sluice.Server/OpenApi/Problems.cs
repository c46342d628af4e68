using Microsoft.OpenApi;
using Sluice.Server.Errors;

namespace Sluice.Server.OpenApi;

/// <summary>How refusals are described: one schema, and per call which codes each status may have.</summary>
internal static class Problems
{
    public const string Name = "Problem";

    public static IEnumerable<int> WithRetryAfter { get; } = [429, 503, 507];

    public static void AddTo(IDictionary<string, IOpenApiSchema> schemas) => schemas[Name] = Schema.Open(
        "Why a call was refused (RFC 9457). Programs act on `code`; `detail` is for people and may change.",
        ("type", Schema.Text("", "about:blank")),
        ("title", Schema.Text("The status in words.", "Bad Request")),
        ("status", Schema.Whole("The HTTP status.")),
        ("code", Schema.Text("What is wrong, in a word that does not change.", "invalid_filter")),
        ("detail", Schema.Text("What is wrong and what to do, for people.")),
        ("field", Schema.Text("The member or parameter at fault, as a path.", "filter").OrNull()),
        ("line", Schema.Whole("Where in the body, from 1.")),
        ("column", Schema.Whole("Where in the filter, or in that line of the body in bytes, from 1.")),
        ("expected", Schema.Text("What a filter should have there.")),
        ("request_id", Schema.Text("The request in the server's log; also the header `X-Request-Id`, which callers may send."))).Requires("type", "title", "status", "code", "detail");

    public static OpenApiResponse Response(int status, string codes, string schema = Name, string type = ProblemSpelling.MediaType)
    {
        var response = CallDescription.Response($"{Meaning(status)}. `code` is {codes}.", type, Schema.Ref(schema));
        if (WithRetryAfter.Contains(status)) response.Headers = new Dictionary<string, IOpenApiHeader> { ["Retry-After"] = RetryAfter() };
        return response;
    }

    private static OpenApiHeader RetryAfter() => new() { Description = "Seconds after which to send the same request again.", Required = true, Schema = Schema.Whole("", least: 1) };

    private static string Meaning(int status) => status switch
    {
        400 => "Something in the request is wrong",
        401 => "No key, or one that is not valid",
        403 => "The key may not do this",
        404 => "There is no such thing, or it is another tenant's",
        409 => "It does not agree with what there is",
        410 => "It is gone",
        413 => "Too large",
        415 => "An encoding that is not read here",
        429 => "Nothing was done, because there is too much of it now: send the same again",
        503 => "The server cannot do this now: send the same again",
        507 => "Nothing was stored, because the disk is full: send the same again",
        _ => "Refused",
    };
}
