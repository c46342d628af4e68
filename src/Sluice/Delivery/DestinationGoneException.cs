using Sluice.Streams;

namespace Sluice.Delivery;

/// <summary>The destination was deleted not long ago.</summary>
public sealed class DestinationGoneException(Unsent unsent) : Exception("This destination was deleted.")
{
    public Unsent Unsent { get; } = unsent;
}

/// <summary>The destination's status does not allow what is asked for.</summary>
/// <param name="code">For programs: <c>not_failed</c>, <c>deleting</c>.</param>
public sealed class DestinationStateException(string code, string message) : Exception(message)
{
    public string Code { get; } = code;
}
