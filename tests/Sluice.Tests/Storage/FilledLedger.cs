using Microsoft.Extensions.Logging.Abstractions;
using Sluice.Storage.Sqlite;

namespace Sluice.Tests.Storage;

/// <summary>A ledger with two sealed segments and the beginning of a third, filled once for all tests that drop some of it; each works on a copy.</summary>
public sealed class FilledLedger : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();

    public async ValueTask InitializeAsync()
    {
        var time = new ManualTime();
        await using var ledger = Open(_folder.Path, time);
        await RetentionContract.FillAsync(ledger, SegmentFile.Capacity, time);
    }

    /// <summary>Copies it into a folder that is there or not.</summary>
    public void CopyTo(string folder)
    {
        foreach (var path in Directory.GetFiles(_folder.Path, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(folder, Path.GetRelativePath(_folder.Path, path));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(path, copy);
        }
    }

    public static SqliteLedger Open(string folder, TimeProvider? time = null) => SqliteLedger.Open("main", folder, time ?? TimeProvider.System, NullLogger.Instance);

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }
}

[CollectionDefinition(Name)]
public sealed class FilledLedgerTests : ICollectionFixture<FilledLedger>
{
    public const string Name = "filled ledger";
}
