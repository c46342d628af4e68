using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Sluice.EndToEnd.Deploy;
using Sluice.EndToEnd.Running;

namespace Sluice.EndToEnd.Dialects.Connectors;

/// <summary>What QRadar's Universal Cloud REST API connector does with the actions that the shipped workflow uses. Its state outlives the run.</summary>
internal sealed partial class QRadarWorkflow : IConnector
{
    private readonly XElement _workflow = XDocument.Load(Tool.Deploy("collectors/qradar/Sluice-Zaita-Workflow.xml")).Root!;
    private readonly JsonObject _state = [];
    private readonly HttpClient _http;
    private readonly List<string> _posted = [];

    public QRadarWorkflow(SluiceProcess server, HttpClient http, int pageSize)
    {
        _http = http;
        var mine = new Dictionary<string, string> { ["url"] = server.Address.GetLeftPart(UriPartial.Authority), ["host"] = "127.0.0.1", ["key"] = SluiceProcess.AdminKey, ["page_size"] = $"{pageSize}" };
        foreach (var parameter in Of(_workflow, "Parameters").Elements()) _state[Text(parameter, "name")] = mine[Text(parameter, "name")];
    }

    /// <summary>What is kept at a path between runs.</summary>
    public string? Kept(string path) => (string?)At(path);

    public async Task<IReadOnlyList<string>> PollAsync()
    {
        _posted.Clear();
        await RunAsync(Of(_workflow, "Actions"));
        return [.. _posted];
    }

    private async Task RunAsync(XElement actions)
    {
        var taken = false;
        foreach (var action in actions.Elements())
        {
            if (action.Name.LocalName == "Else")
            {
                if (!taken) await RunAsync(action);
                continue;
            }

            taken = action.Name.LocalName == "If" && Holds(Text(action, "condition"));
            await ActAsync(action, taken);
        }
    }

    private async Task ActAsync(XElement action, bool taken)
    {
        switch (action.Name.LocalName)
        {
            case "If" when taken:
                await RunAsync(action);
                break;
            case "DoWhile":
                do await RunAsync(action);
                while (Holds(Text(action, "condition")));
                break;
            case "Initialize" when At(Text(action, "path")) is null:
            case "Set":
                _state[Text(action, "path")[1..]] = Fill(Text(action, "value"));
                break;
            case "CallEndpoint":
                await CallAsync(action);
                break;
            case "PostEvents":
                _posted.AddRange(At(Text(action, "path"))!.AsArray().Select(one => one!.ToJsonString()));
                break;
            case "Abort":
                throw new InvalidOperationException(Fill(Text(action, "reason")));
            case "If" or "Initialize" or "Log":
                break;
            default:
                throw new InvalidOperationException($"No such action: {action.Name.LocalName}");
        }
    }

    private async Task CallAsync(XElement call)
    {
        var query = call.Elements().Where(part => part.Name.LocalName == "QueryParameter")
            .Select(part => (Name: Text(part, "name"), Value: Fill(Text(part, "value")), IsOptional: (string?)part.Attribute("omitIfEmpty") == "true"))
            .Where(part => part.Value.Length > 0 || !part.IsOptional)
            .Select(part => $"{part.Name}={Uri.EscapeDataString(part.Value)}");
        using var request = new HttpRequestMessage(new HttpMethod(Text(call, "method")), $"{Fill(Text(call, "url"))}?{string.Join('&', query)}");
        request.Headers.Authorization = new("Bearer", Fill(Text(Of(call, "BearerAuthentication"), "token")));
        using var answer = await _http.SendAsync(request);
        _state[Text(call, "savePath")[1..]] = new JsonObject { ["status_code"] = (int)answer.StatusCode, ["body"] = JsonNode.Parse(await answer.Content.ReadAsStringAsync()) };
    }

    /// <summary>A path, a comparison, and null or a number.</summary>
    private bool Holds(string condition)
    {
        var parts = condition.Split(' ');
        var isEqual = (At(parts[0])?.ToString() ?? "null") == parts[2];
        return parts[1] switch
        {
            "=" => isEqual,
            "!=" => !isEqual,
            _ => throw new InvalidOperationException($"No such comparison: {condition}"),
        };
    }

    private string Fill(string template) => Reference().Replace(template, reference => At(reference.Groups[1].Value)?.ToString() ?? "");

    private JsonNode? At(string path) => path[1..].Split('/').Aggregate((JsonNode?)_state, (node, name) => (node as JsonObject)?[name]);

    private static XElement Of(XElement parent, string name) => parent.Elements().Single(element => element.Name.LocalName == name);

    private static string Text(XElement element, string name) => (string?)element.Attribute(name) ?? throw new InvalidOperationException($"{element.Name.LocalName} has no {name}.");

    [GeneratedRegex(@"\$\{(/[\w/]+)\}")]
    private static partial Regex Reference();
}
