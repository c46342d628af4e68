using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sluice.Delivery.Definitions;
using Sluice.Secrets;

namespace Sluice.Destinations.Http;

/// <summary>Which certificates a destination trusts and shows. There is no way not to check.</summary>
internal static class Tls
{
    public static SslClientAuthenticationOptions Options(string? trusted, string? certificate, Secret? key)
    {
        var options = new SslClientAuthenticationOptions { CertificateRevocationCheckMode = X509RevocationMode.NoCheck };
        if (Client(certificate, key) is { } client) options.ClientCertificates = [client];
        if (trusted is not null) options.CertificateChainPolicy = TrustOnly(trusted);
        return options;
    }

    /// <exception cref="DefinitionException">They cannot be used.</exception>
    public static void Check(string? trusted, string? certificate, Secret? key)
    {
        if (trusted is not null) _ = TrustOnly(trusted);
        if (certificate is null != key is null) throw DefinitionException.Missing(key is null ? "client_key" : "client_certificate");
        Client(certificate, key)?.Dispose();
    }

    private static X509Certificate2? Client(string? certificate, Secret? key)
    {
        if (certificate is null || key is null) return null;
        try
        {
            return X509Certificate2.CreateFromPem(certificate, key.Reveal());
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException)
        {
            throw DefinitionException.Value("client_certificate", "client_certificate and client_key must be a PEM certificate and its private key.");
        }
    }

    private static X509ChainPolicy TrustOnly(string trusted)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        try
        {
            policy.CustomTrustStore.ImportFromPem(trusted);
        }
        catch (CryptographicException)
        {
            // Counted below: without a certificate nothing could ever be trusted.
        }

        return policy.CustomTrustStore.Count > 0 ? policy : throw DefinitionException.Value("ca_certificate", "ca_certificate must hold at least one PEM certificate.");
    }
}
