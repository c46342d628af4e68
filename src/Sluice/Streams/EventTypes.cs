using System.Text;

namespace Sluice.Streams;

/// <summary>A list of actions, each exact or with a trailing <c>.*</c> for everything below it.</summary>
public sealed class EventTypes
{
    private readonly byte[][] _exact;
    private readonly byte[][] _prefixes;

    public EventTypes(IReadOnlyList<string> types)
    {
        _exact = [.. types.Where(type => !IsPrefix(type)).Select(Encoding.UTF8.GetBytes)];
        // "user.*" keeps its dot: it means user.login and not user_group.
        _prefixes = [.. types.Where(IsPrefix).Select(type => Encoding.UTF8.GetBytes(type[..^1]))];
    }

    public bool IsEmpty => _exact.Length == 0 && _prefixes.Length == 0;

    public bool Match(ReadOnlySpan<byte> action)
    {
        foreach (var exact in _exact)
        {
            if (action.SequenceEqual(exact)) return true;
        }

        foreach (var prefix in _prefixes)
        {
            if (action.StartsWith(prefix)) return true;
        }

        return false;
    }

    private static bool IsPrefix(string type) => type.EndsWith(".*", StringComparison.Ordinal);
}
