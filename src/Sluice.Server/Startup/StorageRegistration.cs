using Sluice.Secrets;
using Sluice.Server.Configuration;
using Sluice.Storage;
using Sluice.Storage.Postgres;
using Sluice.Storage.Sqlite;

namespace Sluice.Server.Startup;

/// <summary>Where the configuration lives: in the data folder, or in the PostgreSQL that <c>Sluice:Store</c> names.</summary>
internal static class StorageRegistration
{
    public static IServiceCollection AddConfigurationStore(this IServiceCollection services, SluiceSettings settings)
    {
        if (settings.Store is not { } store) return services.AddSingleton<IConfigurationStore>(_ => ConfigurationDatabase.Open(settings.Data));
        services.AddSingleton(_ => PostgresSource.Open(store.Reveal(), settings.NodeName));
        return services.AddSingleton<IConfigurationStore, PostgresConfiguration>();
    }

    /// <summary>Brings the tables of a database up to date; a data folder's are when it is opened.</summary>
    public static async Task PrepareTablesAsync(this IServiceProvider services, CancellationToken cancellation = default)
    {
        if (services.GetService<PostgresSource>() is { } source) await PostgresSchema.ApplyAsync(source, SchemaPart.All, cancellation);
    }

    /// <summary>Brings the tables up to date and opens the instance's secrets and ledgers: before anything runs, and so that what is wrong shows at the start.</summary>
    public static async Task PrepareStorageAsync(this IServiceProvider services, CancellationToken cancellation = default)
    {
        await services.PrepareTablesAsync(cancellation);
        await services.GetRequiredService<InstanceSecrets>().OpenAsync(cancellation);
        await services.GetRequiredService<OpenedLedgers>().OpenAsync();
    }
}
