namespace Sluice.Server.Import;

/// <summary>Names refused records: the first twenty, then how many more there were.</summary>
internal sealed class RefusalList(IImportOutput output)
{
    public const int Named = 20;

    private int _count;

    public void Add(string unit, long number, string code, string? field, string message)
    {
        if (_count++ < Named) output.Say($"{unit} {number}: {code}{(field is null ? "" : $" {field}")}: {message}");
    }

    public void Close()
    {
        if (_count > Named) output.Say($"… and {_count - Named} more refused");
    }
}
