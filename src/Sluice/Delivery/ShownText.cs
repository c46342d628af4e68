using Sluice.Secrets;

namespace Sluice.Delivery;

/// <summary>What somebody else said, as logs and answers may show it.</summary>
internal static class ShownText
{
    private const int Longest = 512;

    /// <summary>Masked before it is cut, or half a secret could remain; without line breaks, or a destination could write our log.</summary>
    public static string Of(SecretMask mask, string text)
    {
        text = mask.Apply(text);
        if (text.Length > Longest) text = text[..Longest];
        return text.Any(char.IsControl) ? string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c)) : text;
    }
}
