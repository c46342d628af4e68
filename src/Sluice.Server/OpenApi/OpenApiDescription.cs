using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Sluice.Server.Authentication;
using Sluice.Tenants;

namespace Sluice.Server.OpenApi;

/// <summary>The document at <c>/openapi/v1.json</c>: its title, and which calls need a key of which role.</summary>
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
            if (context.Description.ActionDescriptor.EndpointMetadata.OfType<RequiredRole>().LastOrDefault() is { } required) Secure(operation, required, context.Document!);
            return Task.CompletedTask;
        });
    });

    private static void Describe(OpenApiDocument document)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Sluice",
            Version = "v1",
            Description = "The audit log that streams to your SIEM. Failures are application/problem+json (RFC 9457) with a stable code.",
        };
        document.Servers = [];
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [Header] = new OpenApiSecurityScheme { Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Header, Name = "X-API-Key", Description = "An access key." },
            [Bearer] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "The same access key, as Authorization: Bearer." },
        };
    }

    private static void Secure(OpenApiOperation operation, RequiredRole required, OpenApiDocument document)
    {
        operation.Security = [Need(Header, document), Need(Bearer, document)];
        var role = required.Role is { } needed ? $"Needs a key with the role {RoleNames.Of(needed)}{(needed == Role.Admin ? "" : " or admin")}" : "Needs a key of any role";
        var scope = required.InstanceOnly ? ", for the instance." : ".";
        operation.Description = string.Join("\n\n", new[] { operation.Description, role + scope }.Where(text => !string.IsNullOrEmpty(text)));
    }

    private static OpenApiSecurityRequirement Need(string scheme, OpenApiDocument document) => new() { [new OpenApiSecuritySchemeReference(scheme, document)] = [] };
}
