using Sluice.GraphQL.Types;

namespace Sluice.GraphQL.Execution;

/// <summary>What a resolver is told.</summary>
/// <param name="Source">The object whose field it is; null where operations begin.</param>
/// <param name="State">What came with the request.</param>
public sealed record FieldContext(object? Source, Arguments Arguments, ObjectType ParentType, Schema Schema, object? State, CancellationToken Cancellation);
