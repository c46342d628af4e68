using Sluice.Secrets;

namespace Sluice.Delivery;

/// <summary>What somebody else said, as logs and answers may show it.</summary>
internal static class ShownText
{
    private const int Longest = 512;

    /// <summary>Masked before it is cut, or half a secret could remain; without line breaks, or a destination could write our log.</summary>
    public static string Of(SecretMask mask, string text)
    {
        text = Cut(mask.Apply(text));
        return text.Any(char.IsControl) ? string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c)) : text;
    }

    public static string Cut(string text) => text.Length > Longest ? text[..Longest] : text;
}
