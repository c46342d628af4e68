using Microsoft.OpenApi;
using Sluice.Server.Errors;

namespace Sluice.Server.OpenApi;

/// <summary>What the description says of one call beyond what its route says by itself.</summary>
/// <param name="Id">The operation's id, from which generated clients name their methods; it never changes.</param>
/// <param name="Text">Promises and peculiarities, in Markdown.</param>
internal sealed record CallDescription(string Id, string Text)
{
    public IReadOnlyList<OpenApiParameter> Parameters { get; init; } = [];

    public OpenApiRequestBody? Body { get; init; }

    /// <summary>Replaces the answer of the same status that the route declares.</summary>
    public (int Status, OpenApiResponse Response)? Answer { get; init; }

    /// <summary>How its path spells refusals.</summary>
    public string ErrorType { get; init; } = ProblemSpelling.MediaType;

    public string ErrorSchema { get; init; } = Problems.Name;

    /// <summary>The codes that a refusal of each status may have.</summary>
    public IReadOnlyList<(int Status, string Codes)> Refusals { get; init; } = [];

    public static OpenApiParameter Query(string name, IOpenApiSchema schema, string? example = null) =>
        new() { Name = name, In = ParameterLocation.Query, Description = schema.Description, Schema = schema, Example = example };

    public static OpenApiParameter Header(string name, IOpenApiSchema schema) => new() { Name = name, In = ParameterLocation.Header, Description = schema.Description, Schema = schema };

    public static OpenApiRequestBody JsonBody(string description, IOpenApiSchema schema, bool required = true) =>
        new() { Description = description, Required = required, Content = new Dictionary<string, OpenApiMediaType> { ["application/json"] = new OpenApiMediaType { Schema = schema } } };

    public static OpenApiResponse Response(string description, string contentType, IOpenApiSchema schema) =>
        new() { Description = description, Content = new Dictionary<string, OpenApiMediaType> { [contentType] = new OpenApiMediaType { Schema = schema } } };

    public static (int, OpenApiResponse) Json(string description, IOpenApiSchema schema, int status = 200) => (status, Response(description, "application/json", schema));
}
