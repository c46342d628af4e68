using Microsoft.OpenApi;

namespace Sluice.Server.OpenApi;

/// <summary>GitLab's API for streaming, which describes itself in its own language.</summary>
internal static class GitLabCalls
{
    private const string Form = "Every failure has the form `{\"errors\":[{\"message\":…}]}`. The schema describes itself by introspection. With no key there is nothing to see but the schema and the catalogue of event types.";

    public static IEnumerable<(string Route, CallDescription Call)> All()
    {
        yield return ("POST /api/graphql", new CallDescription("askGitLab", $"Failures inside a document are answered with 200 and `errors`, and what a mutation refuses stands in its payload's `errors`. {Form} The key also travels as `PRIVATE-TOKEN`.")
        {
            Body = CallDescription.JsonBody("A document, or an array of them: then the answer is an array too.", new OpenApiSchema { AnyOf = [Schema.Ref("GraphQLRequest"), Schema.List("", Schema.Ref("GraphQLRequest"), 100)] }),
            Answer = CallDescription.Json("What became of it.", Schema.Ref("GraphQLAnswer")),
            MoreAnswers = Refusals(),
        });
        yield return ("GET /api/graphql", new CallDescription("queryGitLab", $"Mutations are refused. {Form}")
        {
            Parameters =
            [
                CallDescription.Query("query", Schema.Text("The document.", "{ currentUser { name } }")),
                CallDescription.Query("variables", Schema.Text("Their values, as a JSON object.")),
                CallDescription.Query("operationName", Schema.Text("Which of the document's operations.")),
            ],
            Answer = CallDescription.Json("What became of it.", Schema.Ref("GraphQLAnswer")),
            MoreAnswers = Refusals(),
        });
    }

    public static void AddTo(IDictionary<string, IOpenApiSchema> schemas)
    {
        schemas["GraphQLRequest"] = Schema.Open(
            "A document of the GraphQL language.",
            ("query", Schema.Text("The document, at most 10,000 characters; in a batch all together.", "{ currentUser { name } }")),
            ("variables", Schema.Open("Values of its variables.").OrNull()),
            ("operationName", Schema.Text("Which of its operations; needed when there are several.").OrNull())).Requires("query");
        schemas["GraphQLAnswer"] = Schema.Object(
            "As the GraphQL specification has it.",
            ("data", Schema.Open("What was asked for; absent when nothing was executed.").OrNull()),
            ("errors", Schema.List("What failed.", Schema.Open(
                "", ("message", Schema.Text("For people.")), ("locations", Schema.List("Where in the document.", Schema.Open(""))), ("path", Schema.List("Which field.", new OpenApiSchema())), ("extensions", Schema.Open("For programs."))).Requires("message"))));
    }

    private static IReadOnlyList<(int, OpenApiResponse)> Refusals() =>
    [
        Refusal(400, "The body is not JSON."),
        Refusal(401, "`Invalid token`: a key was sent, and is not valid."),
        Refusal(422, "Too large, a mutation by GET, or variables that cannot be read."),
        Refusal(503, "The server cannot do this now: send the same again."),
    ];

    private static (int, OpenApiResponse) Refusal(int status, string description) => CallDescription.Json(description, Schema.Ref("GraphQLAnswer"), status);
}
