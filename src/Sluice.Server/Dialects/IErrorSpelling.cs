using System.Text.Json;
using Sluice.Server.Errors;

namespace Sluice.Server.Dialects;

/// <summary>How the calls below some path tell what is wrong: whatever refuses them, authentication, limits and unknown paths included, is spelled so.</summary>
internal interface IErrorSpelling
{
    /// <summary>The paths that it is for begin with this.</summary>
    string Prefix { get; }

    string ContentType { get; }

    /// <summary>The problem as these callers should see it: another status, or when to come back.</summary>
    ApiProblem Adapt(ApiProblem problem, PathString path) => problem;

    void Write(Utf8JsonWriter json, ApiProblem problem, string requestId);
}
