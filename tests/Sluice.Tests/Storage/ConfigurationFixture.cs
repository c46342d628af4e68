using System.Collections.Concurrent;
using Sluice.Storage;
using Sluice.Storage.Postgres;
using Sluice.Storage.Sqlite;
using Sluice.Testing;

namespace Sluice.Tests.Storage;

/// <summary>A configuration of a test's own, and more nodes on the same one.</summary>
public abstract class ConfigurationFixture : IAsyncDisposable
{
    /// <summary>Another node, or another process, on the same configuration. It ends with the fixture.</summary>
    public abstract Task<IConfigurationStore> OpenAsync();

    public abstract ValueTask DisposeAsync();
}

public sealed class SqliteConfiguration : ConfigurationFixture
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<ConfigurationDatabase> _opened = [];

    public string Folder => _folder.Path;

    public override Task<IConfigurationStore> OpenAsync()
    {
        _opened.Add(ConfigurationDatabase.Open(_folder.Path));
        return Task.FromResult<IConfigurationStore>(_opened[^1]);
    }

    public override ValueTask DisposeAsync()
    {
        foreach (var database in _opened) database.Dispose();
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }
}

public sealed class PostgresConfigurations : ConfigurationFixture
{
    private readonly Lazy<Task<string>> _database = new(SharedPostgres.NewDatabaseAsync);
    private readonly ConcurrentQueue<PostgresSource> _opened = [];

    public override async Task<IConfigurationStore> OpenAsync()
    {
        var source = PostgresSource.Open(await _database.Value, "node");
        _opened.Enqueue(source);
        await PostgresSchema.ApplyAsync(source, [SchemaPart.Configuration]);
        return new PostgresConfiguration(source);
    }

    public override async ValueTask DisposeAsync()
    {
        foreach (var source in _opened) await source.DisposeAsync();
    }
}
