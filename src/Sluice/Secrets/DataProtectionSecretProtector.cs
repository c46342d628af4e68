using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace Sluice.Secrets;

internal sealed class DataProtectionSecretProtector(IDataProtectionProvider provider) : ISecretProtector
{
    public byte[] Protect(byte[] plain, string purpose) => provider.CreateProtector(purpose).Protect(plain);

    public byte[] Unprotect(byte[] cipher, string purpose)
    {
        try
        {
            return provider.CreateProtector(purpose).Unprotect(cipher);
        }
        catch (CryptographicException error)
        {
            throw new SecretsException("A stored secret cannot be read: it was changed, or its key is gone from the key ring.", error);
        }
    }
}
