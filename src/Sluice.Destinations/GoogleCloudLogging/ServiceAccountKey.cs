using System.Security.Cryptography;
using Sluice.Delivery.Definitions;
using Sluice.Secrets;

namespace Sluice.Destinations.GoogleCloudLogging;

/// <summary>The private key of a service account, as its JSON key file has it.</summary>
internal static class ServiceAccountKey
{
    /// <exception cref="DefinitionException">It is none.</exception>
    public static RSA Read(Secret pem)
    {
        var key = RSA.Create();
        try
        {
            // Copied out of the file without decoding it, line breaks are still \n.
            key.ImportFromPem(pem.Reveal().Replace("\\n", "\n", StringComparison.Ordinal));
            if (key.ExportParameters(includePrivateParameters: true).D is not null) return key;
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException)
        {
            // Said below, without any of its text.
        }

        key.Dispose();
        throw DefinitionException.Value("private_key", "private_key must be the PEM text that the service account's key file has as private_key: -----BEGIN PRIVATE KEY----- …");
    }
}
