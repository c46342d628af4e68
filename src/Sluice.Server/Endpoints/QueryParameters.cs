using System.Globalization;
using Sluice.Server.Errors;

namespace Sluice.Server.Endpoints;

/// <summary>The query string of a call that knows which parameters it has. An empty one counts as absent.</summary>
internal sealed class QueryParameters
{
    private readonly IQueryCollection _given;

    public QueryParameters(HttpRequest request, params ReadOnlySpan<string> known)
    {
        _given = request.Query;
        foreach (var (name, values) in _given)
        {
            if (!known.Contains(name))
                throw new ApiProblem(400, "unknown_parameter", known.Length == 0 ? $"This call has no parameters, so none is called '{name}'." : $"This call has no parameter '{name}'; there are {string.Join(", ", known!)}.") { Field = name };
            if (values.Count > 1) throw Invalid(name, "is given more than once");
        }
    }

    public static ApiProblem Invalid(string name, string what) => new(400, "invalid_parameter", $"'{name}' {what}.") { Field = name };

    public string? Text(string name) => _given.TryGetValue(name, out var values) && values[0] is { Length: > 0 } text ? text : null;

    public long? Number(string name, long least, long most)
    {
        if (Text(name) is not { } text) return null;
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw Invalid(name, $"must be a whole number from {least} to {most}");
    }

    public bool Flag(string name) => Text(name) switch
    {
        null or "false" => false,
        "true" => true,
        _ => throw Invalid(name, "must be true or false"),
    };
}
