namespace Sluice.Server.Configuration;

/// <summary>A text that logs, errors and debuggers must not show.</summary>
internal sealed class SecretText(string value)
{
    public string Reveal() => value;

    public override string ToString() => "***";
}
