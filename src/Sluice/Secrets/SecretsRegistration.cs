using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection;
using Sluice.Storage;

namespace Sluice.Secrets;

public static class SecretsRegistration
{
    /// <summary>Encryption at rest and the ledgers' keys. Needs the <see cref="IConfigurationStore"/>; <see cref="InstanceSecrets.OpenAsync"/> comes before any use.</summary>
    /// <param name="keyFile">Holds, or will hold, the master key.</param>
    /// <param name="key">The master key itself, used in place of a file when given.</param>
    /// <param name="origin">See <see cref="LedgerIdentities"/>.</param>
    public static IServiceCollection AddSecrets(this IServiceCollection services, string keyFile, byte[]? key, string? origin)
    {
        services.AddSingleton<KeyRing>();
        services.AddSingleton(its => new InstanceSecrets(its, mayCreate => key is null ? MasterKey.Open(keyFile, mayCreate) : MasterKey.Of(key), origin));
        services.AddSingleton<ISecretProtector, DataProtectionSecretProtector>();
        services.AddSingleton(its => its.GetRequiredService<InstanceSecrets>().Identities);
        services.AddDataProtection().SetApplicationName("Sluice");
        services.AddOptions<KeyManagementOptions>().Configure<KeyRing, InstanceSecrets>((options, ring, secrets) =>
        {
            options.XmlRepository = ring;
            options.XmlEncryptor = new KeyRingEncryptor(secrets);
        });
        return services;
    }
}
