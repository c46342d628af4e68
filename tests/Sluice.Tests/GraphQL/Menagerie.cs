using System.Text.Json;
using Sluice.GraphQL;
using Sluice.GraphQL.Execution;
using Sluice.GraphQL.Json;
using Sluice.GraphQL.Language;
using Sluice.GraphQL.Types;

namespace Sluice.Tests.GraphQL;

/// <summary>A schema with something of everything, whose resolvers read a JSON tree: so any other implementation can have the same ones.</summary>
internal static class Menagerie
{
    public const string Root =
        """
        {
          "version": "1", "number": 7, "ratio": 1.5, "tooLarge": 3000000000, "nothing": null, "broken": {"$error": "broke"}, "brokenForSure": {"$error": "broke for sure"}, "nullForSure": null,
          "sizes": ["SMALL", "LARGE"], "wrongSize": "HUGE", "matrix": [[1, 2], null, [3, null]], "strict": [1, null, 3], "mixed": ["a", {"$error": "unused"}], "anything": {"a": [1, "x", null]},
          "animal": {"__typename": "Dog", "id": "1", "name": "Rex", "barks": true, "owner": {"name": "Ada", "nick": null, "nickForSure": null},
            "friends": [{"__typename": "Cat", "id": "2", "name": "Tom", "lives": 9, "friends": []}, null, {"__typename": "Dog", "id": "3", "name": null, "barks": false, "friends": []}]},
          "pets": [{"__typename": "Dog", "id": "1", "name": "Rex", "barks": true}, {"__typename": "Cat", "id": "2", "name": "Tom", "lives": 9}],
          "owners": [{"name": "Ada", "nickForSure": "A"}, {"name": {"$error": "nameless"}, "nickForSure": "B"}, {"name": "Eve", "nickForSure": null}],
          "rename": {"clientMutationId": "m", "animal": {"__typename": "Cat", "id": "2", "name": "Kit", "lives": 8, "friends": []}, "errors": []},
          "fail": {"$error": "cannot"}
        }
        """;

    private static readonly InterfaceType Node = new("Node", () => [FieldDefinition.Abstract("id", Scalars.Id.NonNull())], TypeOf) { Description = "Whatever has an id." };

    private static readonly InterfaceType Animal = new("Animal", () =>
    [
        FieldDefinition.Abstract("id", Scalars.Id.NonNull()), FieldDefinition.Abstract("name", Scalars.String.NonNull()), FieldDefinition.Abstract("friends", Animal!.List()),
    ], TypeOf) { Interfaces = [Node] };

    private static readonly EnumType Size = new("Size", [new EnumValue("SMALL"), new EnumValue("LARGE") { DeprecationReason = "Too \"large\"" }]);

    private static readonly ScalarType Json = new FreeFormType("JSON") { SpecifiedBy = "https://www.rfc-editor.org/rfc/rfc8259" };

    private static readonly ObjectType Owner = new("Owner", () => [Member("name", Scalars.String.NonNull()), Member("nick", Scalars.String), Member("nickForSure", Scalars.String.NonNull())]);

    private static readonly ObjectType Dog = new("Dog", () => [.. AnimalFields(), Member("barks", Scalars.Boolean), Member("size", Size), Member("owner", Owner)]) { Interfaces = [Animal, Node] };

    private static readonly ObjectType Cat = new("Cat", () => [.. AnimalFields(), Member("lives", Scalars.Int), Member("size", Scalars.String)]) { Interfaces = [Animal, Node] };

    private static readonly UnionType Pet = new("Pet", [Dog, Cat], TypeOf);

    private static readonly InputObjectType Filter = new("Filter", () =>
    [
        new("name", Scalars.String.NonNull()),
        new("size", Size) { Default = Parser.ParseValue("SMALL") },
        new("limits", Scalars.Int.NonNull().List()),
        new("inside", Filter!),
        new("json", Json),
        new("old", Scalars.String) { DeprecationReason = "Gone" },
    ]);

    private static readonly InputObjectType RenameInput = new("RenameInput", () => [new("clientMutationId", Scalars.String), new("id", Scalars.Id.NonNull()), new("names", Scalars.String.NonNull().List().NonNull())]);

    private static readonly ObjectType RenamePayload = new("RenamePayload", () => [Member("clientMutationId", Scalars.String), Member("animal", Animal), Member("errors", Scalars.String.NonNull().List().NonNull())]);

    private static readonly ObjectType Query = new("Query", () =>
    [
        Member("version", Scalars.String.NonNull()), Member("number", Scalars.Int), Member("ratio", Scalars.Float), Member("tooLarge", Scalars.Int), Member("nothing", Scalars.String),
        Member("broken", Scalars.String), Member("brokenForSure", Scalars.String.NonNull()), Member("nullForSure", Scalars.String.NonNull()),
        Member("sizes", Size.List()), Member("wrongSize", Size), Member("matrix", Scalars.Int.List().List()), Member("strict", Scalars.Int.NonNull().List()), Member("mixed", Scalars.String.List()), Member("anything", Json),
        Member("animal", Animal) with { Arguments = [new("id", Scalars.Id)] },
        Member("pets", Pet.NonNull().List().NonNull()) with { Arguments = [new("first", Scalars.Int) { Default = Parser.ParseValue("2") }, new("filter", Filter)] },
        Member("owners", Owner.List()),
        Echo("echo", new("int", Scalars.Int), new("float", Scalars.Float), new("string", Scalars.String), new("boolean", Scalars.Boolean), new("id", Scalars.Id), new("size", Size), new("json", Json)),
        Echo("echoList", new("ints", Scalars.Int.List()), new("strict", Scalars.Int.NonNull().List().NonNull()) { Default = Parser.ParseValue("[1]") }, new("matrix", Scalars.Int.List().List())),
        Echo("echoFilter", new("filter", Filter), new("filters", Filter.NonNull().List())),
        Echo("echoRequired", new("needed", Scalars.Int.NonNull()), new("usual", Scalars.Int.NonNull()) { Default = Parser.ParseValue("5") }),
    ]);

    private static readonly ObjectType Mutation = new("Mutation", () =>
    [
        Member("rename", RenamePayload) with { Arguments = [new("input", RenameInput.NonNull())] },
        Member("fail", RenamePayload),
        Echo("echoMutation", new InputDefinition("input", RenameInput)) with { DeprecationReason = "No longer supported" },
    ]);

    public static Schema Schema { get; } = new(Query, Mutation, [Dog, Cat]);

    public static GraphQLExecutor Executor { get; } = new(Schema, new GraphQLLimits { Complexity = 1_000, Depth = 30, Errors = 1_000 });

    public static ValueTask<GraphQLResult> ExecuteAsync(string query, IReadOnlyDictionary<string, object?>? variables = null, string? operation = null) =>
        Executor.ExecuteAsync(new GraphQLRequest(query, operation, variables) { State = JsonValues.Read(JsonDocument.Parse(Root).RootElement) });

    private static FieldDefinition[] AnimalFields() => [Member("id", Scalars.Id.NonNull()), Member("name", Scalars.String.NonNull()), Member("friends", Animal.List())];

    private static FieldDefinition Member(string name, GraphType type) => new(name, type, context => ValueTask.FromResult(Read(context, name)));

    private static object? Read(FieldContext context, string name)
    {
        var value = ((IReadOnlyDictionary<string, object?>)(context.Source ?? context.State)!).GetValueOrDefault(name);
        return value is IReadOnlyDictionary<string, object?> failure && failure.TryGetValue("$error", out var message) ? throw new GraphQLException((string)message!) : value;
    }

    private static FieldDefinition Echo(string name, params InputDefinition[] arguments) => new(name, Scalars.String, context =>
    {
        var given = new OrderedDictionary<string, object?>();
        foreach (var argument in arguments.Where(argument => context.Arguments.Has(argument.Name))) given[argument.Name] = context.Arguments.Get<object>(argument.Name);
        return ValueTask.FromResult<object?>(Text(given));
    })
    {
        Arguments = arguments,
    };

    public static string Text(object? value)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping })) JsonValues.Write(writer, value);
        return System.Text.Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static ObjectType TypeOf(object value) => (string?)((IReadOnlyDictionary<string, object?>)value)["__typename"] == "Dog" ? Dog! : Cat!;
}
