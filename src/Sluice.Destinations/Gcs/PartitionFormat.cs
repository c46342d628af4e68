namespace Sluice.Destinations.Gcs;

/// <summary>Which folders objects are put into, by their time.</summary>
public enum PartitionFormat
{
    Daily,
    Hourly,
    Flat,
}
