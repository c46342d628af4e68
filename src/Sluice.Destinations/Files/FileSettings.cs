using System.ComponentModel;
using Sluice.Delivery;
using Sluice.Delivery.Definitions;

namespace Sluice.Destinations.Files;

public sealed record FileSettings : IDestinationSettings
{
    private const int LongestPath = 1_024;
    private const long LeastBytes = 4_096;
    private const long MostBytes = 1L << 40;
    private const int MostKept = 1_000;

    [Description("The file, below the folder `out` of the data folder: `audit.ndjson`, `acme/audit.ndjson`.")]
    public required string Path { get; init; }

    [Description("It is put aside before it grows beyond so many bytes: 4,096 to 1 TiB; default 100,000,000.")]
    public long MaxBytes { get; init; } = 100_000_000;

    [Description("So many files put aside are kept, 1 to 1,000; default 10. The oldest is deleted for the next.")]
    public int Keep { get; init; } = 10;

    public void Check(DeliverySettings delivery)
    {
        if (Path.Length is 0 or > LongestPath || Path.Any(char.IsControl)) throw DefinitionException.Value("path", $"path has 1 to {LongestPath} characters and no control characters.");
        if (OutputPath.Find(delivery.OutputFolder, Path) is null)
            throw DefinitionException.Value("path", $"path is a file below {delivery.OutputFolder}, such as audit.ndjson, without . and .. in it.");
        if (MaxBytes is < LeastBytes or > MostBytes) throw DefinitionException.Value("max_bytes", $"max_bytes is {LeastBytes} to {MostBytes}.");
        if (Keep is < 1 or > MostKept) throw DefinitionException.Value("keep", $"keep is 1 to {MostKept}.");
    }
}
