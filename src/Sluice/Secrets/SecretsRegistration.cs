using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection;
using Sluice.Storage.Sqlite;

namespace Sluice.Secrets;

public static class SecretsRegistration
{
    /// <summary>Encryption at rest and the ledgers' keys. Needs the <see cref="ConfigurationDatabase"/>.</summary>
    /// <param name="keyFile">Holds, or will hold, the master key.</param>
    /// <param name="origin">See <see cref="LedgerIdentities"/>.</param>
    public static IServiceCollection AddSecrets(this IServiceCollection services, string keyFile, string? origin)
    {
        services.AddSingleton<KeyRing>();
        services.AddSingleton(its => MasterKey.Open(keyFile, mayCreate: its.GetRequiredService<KeyRing>().IsEmpty));
        services.AddSingleton<ISecretProtector, DataProtectionSecretProtector>();
        services.AddSingleton(its => new LedgerIdentities(its.GetRequiredService<ConfigurationDatabase>(), its.GetRequiredService<ISecretProtector>(), origin));
        services.AddDataProtection().SetApplicationName("Sluice");
        services.AddOptions<KeyManagementOptions>().Configure<KeyRing, MasterKey>((options, ring, master) =>
        {
            options.XmlRepository = ring;
            options.XmlEncryptor = new KeyRingEncryptor(master);
        });
        return services;
    }
}
