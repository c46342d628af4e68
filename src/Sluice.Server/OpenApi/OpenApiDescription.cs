using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Sluice.Destinations;
using Sluice.Server.Authentication;
using Sluice.Tenants;

namespace Sluice.Server.OpenApi;

/// <summary>The document at <c>/openapi/v1.json</c>: every call with its parameters, bodies, answers and refusals, and which key it needs.</summary>
internal static class OpenApiDescription
{
    private const string Header = "ApiKey", Bearer = "Bearer";

    public static IServiceCollection AddApiDescription(this IServiceCollection services) => services.AddOpenApi("v1", options =>
    {
        options.AddDocumentTransformer((document, _, _) =>
        {
            Describe(document);
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            if (context.Description.ActionDescriptor.EndpointMetadata.OfType<CallRule>().LastOrDefault() is { IsOpen: false } rule) Secure(operation, rule, context.Document!);
            return Task.CompletedTask;
        });
    });

    /// <summary>Every call that is described beyond its route, by method and path.</summary>
    internal static IReadOnlyDictionary<string, CallDescription> Calls { get; } =
        new[] { IngestCalls.All(), QueryCalls.All(), IntegrityCalls.All(), SelfCheckCalls.All(), DestinationCalls.All(), ReplayCalls.All(), RetentionCalls.All(), NodeCalls.All(), AccessCalls.All(), SessionCalls.All(), ViewerCalls.All(), GitLabCalls.All(), VezaCalls.All(), TruthlocksCalls.All(), ZitadelCalls.All(), ZaitaCalls.All() }
            .SelectMany(calls => calls).ToDictionary(call => call.Route, call => call.Call);

    private static void Describe(OpenApiDocument document)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Sluice",
            Version = "v1",
            License = new OpenApiLicense { Name = "Apache-2.0", Identifier = "Apache-2.0" },
            Description = "The audit log that streams to your SIEM. Failures are application/problem+json (RFC 9457) with a stable `code`. " +
                "Times are RFC 3339 in UTC with nine fraction digits. Unknown parameters and members are refused by name.",
        };
        document.Servers = [];
        document.Components = new OpenApiComponents { Schemas = Schemas(), SecuritySchemes = SecuritySchemes() };
        foreach (var (path, item) in document.Paths)
        {
            foreach (var (method, operation) in item.Operations ?? [])
            {
                if (Calls.TryGetValue($"{method} {path}", out var call)) Describe(operation, call);
            }
        }
    }

    private static Dictionary<string, IOpenApiSchema> Schemas()
    {
        var schemas = new Dictionary<string, IOpenApiSchema>();
        EventSchemas.AddTo(schemas);
        Problems.AddTo(schemas);
        IngestCalls.AddTo(schemas);
        QueryCalls.AddTo(schemas);
        IntegrityCalls.AddTo(schemas);
        SelfCheckCalls.AddTo(schemas);
        DestinationSchemas.AddTo(schemas, DestinationCatalogue.All);
        RetentionCalls.AddTo(schemas);
        NodeCalls.AddTo(schemas);
        AccessCalls.AddTo(schemas);
        SessionCalls.AddTo(schemas);
        ViewerCalls.AddTo(schemas);
        GitLabCalls.AddTo(schemas);
        VezaCalls.AddTo(schemas);
        TruthlocksCalls.AddTo(schemas);
        ZitadelCalls.AddTo(schemas);
        ZaitaCalls.AddTo(schemas);
        return schemas;
    }

    private static Dictionary<string, IOpenApiSecurityScheme> SecuritySchemes() => new()
    {
        [Header] = new OpenApiSecurityScheme { Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Header, Name = "X-API-Key", Description = "An access key. `PRIVATE-TOKEN` takes it too." },
        [Bearer] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "The same access key, as Authorization: Bearer." },
    };

    private static void Describe(OpenApiOperation operation, CallDescription call)
    {
        operation.OperationId = call.Id;
        operation.Description = string.Join("\n\n", new[] { call.Text, operation.Description }.Where(text => !string.IsNullOrEmpty(text)));
        if (call.Parameters.Count > 0) operation.Parameters = [.. operation.Parameters ?? [], .. call.Parameters];
        if (call.Body is not null) operation.RequestBody = call.Body;
        var responses = new OpenApiResponses();
        if (call.Answer is { } answer) responses[Text(answer.Status)] = answer.Response;
        foreach (var (status, response) in call.MoreAnswers) responses[Text(status)] = response;
        var refusals = operation.Security is null ? call.Refusals : [(401, Unauthorized(call)), (403, "`forbidden`"), .. call.Refusals];
        foreach (var (status, codes) in refusals.OrderBy(refusal => refusal.Status))
            responses[Text(status)] = Problems.Response(status, codes, call.Id == "ingestEvents" ? IngestCalls.SchemaOf(status) : call.ErrorSchema, call.ErrorType);
        operation.Responses = responses;
    }

    private static string Unauthorized(CallDescription call) => call.ErrorSchema == Problems.Name ? "`unauthorized`" : "`UNAUTHENTICATED`";

    private static void Secure(OpenApiOperation operation, CallRule rule, OpenApiDocument document)
    {
        operation.Security = [Need(Header, document), Need(Bearer, document)];
        operation.Description = string.Join("\n\n", new[] { operation.Description, $"Needs {rule.Need}." }.Where(text => !string.IsNullOrEmpty(text)));
    }

    private static string Text(int status) => status.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static OpenApiSecurityRequirement Need(string scheme, OpenApiDocument document) => new() { [new OpenApiSecuritySchemeReference(scheme, document)] = [] };
}
