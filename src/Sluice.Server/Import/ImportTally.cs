namespace Sluice.Server.Import;

/// <summary>What became of the records so far.</summary>
internal sealed record ImportTally(long Imported = 0, long Duplicates = 0, long Refused = 0)
{
    public long Records => Imported + Duplicates + Refused;

    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"imported {Imported}, duplicates {Duplicates}, refused {Refused}");
}
