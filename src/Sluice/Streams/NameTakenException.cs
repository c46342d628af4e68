namespace Sluice.Streams;

/// <summary>Another destination of the same tenant, or another one of the instance, has the name: nothing was stored.</summary>
public sealed class NameTakenException(string name) : Exception($"Another destination has the name '{name}': choose another, or leave name out when you create one, and it is made.");
