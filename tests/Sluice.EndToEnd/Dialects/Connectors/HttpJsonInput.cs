using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Sluice.EndToEnd.Deploy;
using Sluice.EndToEnd.Running;
using YamlDotNet.RepresentationModel;

namespace Sluice.EndToEnd.Dialects.Connectors;

/// <summary>
/// What Filebeat's HTTP JSON input does with the constructs that the shipped configuration uses: a value that a template leaves empty is not set, and ends the
/// paging where the configuration says so; a page without events publishes nothing and moves no cursor.
/// </summary>
internal sealed partial class HttpJsonInput(SluiceProcess server, HttpClient http, int pageSize) : IConnector
{
    private readonly YamlMappingNode _input = Yaml.Read(Configured(server, pageSize)).Maps("filebeat.inputs").Single();
    private readonly JsonObject _cursor = [];

    public async Task<IReadOnlyList<string>> PollAsync()
    {
        var published = new List<string>();
        JsonNode? last = null;
        while (NextRequest(last) is { } request)
        {
            using var answer = await http.SendAsync(request);
            last = JsonNode.Parse(await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync())!;
            var events = Split(last);
            published.AddRange(events);
            if (events.Count > 0) MoveCursor(last);
        }

        return published;
    }

    private static string Configured(SluiceProcess server, int pageSize) => File.ReadAllText(Tool.Deploy("collectors/elastic/sluice-zaita.yml"))
        .Replace("${SLUICE_URL}", server.Address.GetLeftPart(UriPartial.Authority), StringComparison.Ordinal)
        .Replace("${SLUICE_KEY}", SluiceProcess.AdminKey, StringComparison.Ordinal)
        .Replace("'1000'", $"'{pageSize}'", StringComparison.Ordinal);

    /// <summary>Each page's request has the transforms of the first one, and then those of the paging.</summary>
    /// <returns>Null at the end of the paging.</returns>
    private HttpRequestMessage? NextRequest(JsonNode? last)
    {
        var (parameters, headers) = (new Dictionary<string, string>(), new Dictionary<string, string>());
        var transforms = _input.Maps("request.transforms").Concat(last is null ? [] : _input.Maps("response.pagination"));
        foreach (var set in transforms.Select(transform => transform.Map("set")))
        {
            var (target, value) = (set.Text("target"), Fill(set.Text("value"), last));
            if (value.Length == 0 && set.Has("fail_on_template_error")) return null;
            if (value.Length == 0) continue;
            if (target.StartsWith("url.params.", StringComparison.Ordinal)) parameters[target["url.params.".Length..]] = value;
            else if (target.StartsWith("header.", StringComparison.Ordinal)) headers[target["header.".Length..]] = value;
            else throw new InvalidOperationException($"No such target: {target}");
        }

        var query = string.Join('&', parameters.Select(parameter => $"{parameter.Key}={Uri.EscapeDataString(parameter.Value)}"));
        var request = new HttpRequestMessage(new HttpMethod(_input.Text("request.method")), $"{_input.Text("request.url")}?{query}");
        foreach (var (name, value) in headers) request.Headers.Add(name, value);
        return request;
    }

    private List<string> Split(JsonNode answer)
    {
        var split = _input.Map("response.split");
        Assert.Equal(("body.events", "true"), (split.Text("target"), split.Text("ignore_empty_value")));
        return [.. answer["events"]!.AsArray().Select(one => one!.ToJsonString())];
    }

    private void MoveCursor(JsonNode last)
    {
        var cursor = _input.Map("cursor");
        foreach (var name in cursor.Names())
        {
            var value = Fill(cursor.Map(name).Text("value"), last);
            if (value.Length > 0 || cursor.Map(name).Text("ignore_empty_value") != "true") _cursor[name] = value;
        }
    }

    /// <summary>What is not there is nothing.</summary>
    private string Fill(string template, JsonNode? last) => Reference().Replace(
        template, reference => (string?)(reference.Groups[1].Value == "cursor" ? _cursor[reference.Groups[2].Value] : last?[reference.Groups[2].Value]) ?? "");

    [GeneratedRegex(@"\[\[\.(cursor|last_response\.body)\.(\w+)\]\]")]
    private static partial Regex Reference();
}
