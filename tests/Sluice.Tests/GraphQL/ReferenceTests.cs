using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sluice.GraphQL;
using Sluice.GraphQL.Json;
using Sluice.GraphQL.Types;
using Sluice.Testing;

namespace Sluice.Tests.GraphQL;

/// <summary>The same documents, asked of ours and of graphql-js, whose schema is made of what ours says of itself: same data, errors of the same places.</summary>
public sealed class ReferenceTests
{
    [Fact]
    public async Task Every_document_of_the_corpus_is_answered_as_graphql_js_answers_it()
    {
        Assert.SkipUnless(NodeScript.IsThere, NodeScript.Missing);
        var documents = Corpus();
        Assert.True(documents.Count >= 150, $"The corpus has only {documents.Count} documents.");
        var reference = JsonNode.Parse(await NodeScript.RunAsync("graphql-reference.mjs", (await InputAsync(documents)).ToJsonString()))!;

        var differences = new List<string>();
        for (var i = 0; i < documents.Count; i++)
        {
            var (ours, theirs) = (Shape(await OursAsync(documents[i])), Shape(reference["results"]![i]!));
            if (ours != theirs) differences.Add($"{documents[i]["query"]}\n  ours:   {ours}\n  theirs: {theirs} {reference["results"]![i]!["errors"]!.ToJsonString()}");
        }

        Assert.True(differences.Count == 0, $"{differences.Count} of {documents.Count}:\n{string.Join("\n\n", differences)}");
    }

    [Fact]
    public async Task What_the_schema_says_of_itself_is_a_valid_schema_and_the_one_that_it_prints()
    {
        Assert.SkipUnless(NodeScript.IsThere, NodeScript.Missing);
        var reference = JsonNode.Parse(await NodeScript.RunAsync("graphql-reference.mjs", (await InputAsync([])).ToJsonString()))!;

        Assert.Empty(reference["problems"]!.AsArray());
        Assert.True((bool)reference["same"]!);
    }

    private static async Task<JsonObject> InputAsync(IReadOnlyList<JsonObject> documents)
    {
        var introspection = await Menagerie.ExecuteAsync(await NodeScript.RunAsync("introspection-query.mjs"));
        Assert.Empty(introspection.Errors);
        return new JsonObject
        {
            ["introspection"] = JsonNode.Parse(Menagerie.Text(introspection.Data)),
            ["sdl"] = SchemaPrinter.Print(Menagerie.Schema),
            ["root"] = JsonNode.Parse(Menagerie.Root),
            ["documents"] = new JsonArray([.. documents.Select(document => document.DeepClone())]),
        };
    }

    private static async Task<JsonNode> OursAsync(JsonObject document)
    {
        var variables = document["variables"] is { } given ? JsonValues.ReadObject(JsonDocument.Parse(given.ToJsonString()).RootElement) : null;
        var result = await Menagerie.ExecuteAsync((string)document["query"]!, variables, (string?)document["operationName"]);
        return new JsonObject { ["hasData"] = result.WasExecuted, ["data"] = result.Data is null ? "null" : Menagerie.Text(result.Data), ["errors"] = new JsonArray([.. result.Errors.Select(Error)]) };
    }

    private static JsonNode Error(GraphQLError error) => new JsonObject
    {
        ["locations"] = new JsonArray([.. error.Locations.Select(location => (JsonNode)new JsonObject { ["line"] = location.Line, ["column"] = location.Column })]),
        ["path"] = error.Path is null ? null : JsonNode.Parse(Menagerie.Text(error.Path)),
    };

    /// <summary>What is compared: messages differ, and an error may be told once or for each of its reasons.</summary>
    private static string Shape(JsonNode result)
    {
        var errors = result["errors"]!.AsArray().Select(error => $"{error!["locations"]!.ToJsonString()} {error["path"]?.ToJsonString() ?? "null"}").Distinct().Order(StringComparer.Ordinal);
        return $"{((bool)result["hasData"]! ? (string?)result["data"] ?? "null" : "no data")} {string.Join(" | ", errors)}";
    }

    /// <summary>Documents stand between lines of equal signs; one may begin with <c>#!</c> and its variables and operation name.</summary>
    private static List<JsonObject> Corpus([CallerFilePath] string here = "")
    {
        var text = File.ReadAllText(Path.Combine(Path.GetDirectoryName(here)!, "corpus.graphql"));
        return [.. text.Split("\n====\n").Select(Read)];
    }

    private static JsonObject Read(string document)
    {
        var settings = document.StartsWith("#!", StringComparison.Ordinal) ? JsonNode.Parse(document[2..document.IndexOf('\n')])!.AsObject() : [];
        settings["query"] = document;
        return settings;
    }
}
