using System.Text.Json.Nodes;
using Sluice.Delivery.Definitions;
using Sluice.Secrets;
using YamlDotNet.RepresentationModel;

namespace Sluice.Server.Apply;

/// <summary>Reads one destination of a file, and reports everything about it that is wrong.</summary>
internal sealed class DeclarationReader(References references, List<FileProblem> problems)
{
    /// <summary>Members that people are shown, and that say which destination it is.</summary>
    private static readonly string[] Known = ["name", "provider", "tenant_id"];

    private readonly YamlValues _values = new(references, problems);
    private FilePlace _place;
    private string? _name;

    /// <returns>Null when something is wrong.</returns>
    public DeclaredDestination? Read(YamlNode node)
    {
        var before = problems.Count;
        _place = FilePlace.Of(node.Start);
        if (node is not YamlMappingNode mapping)
        {
            Report(null, "A destination has members: name, provider and those of its provider.");
            return null;
        }

        var given = _values.ReadMembers(mapping);
        _name = Text(given, "name");
        var force = TakeForce(given);
        CheckKnown(given);
        var tenant = Text(given, "tenant_id");
        var definition = DeclarationCheck.Read(WithoutFaulty(given), tenant, ReportNew);
        if (definition is not null) problems.AddRange(WrittenSecrets.In(definition, _values).Select(problem => problem with { Message = $"{_name}: {problem.Message}" }));
        if (definition is null || _name is null || problems.Count > before) return null;
        return new DeclaredDestination(_name, tenant, given, force, definition, _place, _values);
    }

    private void CheckKnown(JsonObject given)
    {
        if (_name is null && !_values.Faulty.Contains("name")) Report("name", "name is required: a destination is known by it.");
        if (given["tenant_id"] is not null && Text(given, "tenant_id") is null) Report("tenant_id", "tenant_id is a tenant's id, or null.");
        foreach (var member in Known.Where(_values.Referred.ContainsKey)) Report(member, $"{member} is written out, not referred to: people are shown it.");
    }

    private bool TakeForce(JsonObject given)
    {
        if (!given.Remove("force", out var node)) return false;
        if (node is JsonValue value && value.TryGetValue(out bool force)) return force;
        if (!_values.Faulty.Contains("force")) Report("force", "force is true or false.");
        return false;
    }

    private JsonObject WithoutFaulty(JsonObject given)
    {
        var rest = given.DeepClone().AsObject();
        foreach (var member in _values.Faulty) rest.Remove(member);
        return rest;
    }

    /// <summary>What was left out because it is known to be wrong is not also missing.</summary>
    private void ReportNew(string? field, string message)
    {
        if (field is null || !_values.Faulty.Contains(MemberPath.First(field))) Report(field, message);
    }

    private void Report(string? field, string message)
    {
        var text = new SecretMask(_values.Referred.Values).Apply(_name is null ? message : $"{_name}: {message}");
        problems.Add(new(MemberPath.Find(_values.Places, field) ?? _place, text));
    }

    private static string? Text(JsonObject given, string member) => given[member] is JsonValue value && value.TryGetValue(out string? text) && text.Length > 0 ? text : null;
}
