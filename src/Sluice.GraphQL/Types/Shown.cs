using System.Collections;
using System.Globalization;
using Sluice.GraphQL.Language;

namespace Sluice.GraphQL.Types;

/// <summary>Values in messages.</summary>
internal static class Shown
{
    private const int Longest = 100;

    public static string Of(object? value) => value switch
    {
        null => "null",
        string text => Printer.Quoted(text.Length > Longest ? text[..Longest] + "…" : text),
        bool boolean => boolean ? "true" : "false",
        IDictionary or IReadOnlyDictionary<string, object?> => "{…}",
        IEnumerable => "[…]",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };
}
