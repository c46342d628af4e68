namespace Sluice.Secrets;

public interface ISecretProtector
{
    byte[] Protect(byte[] plain, string purpose);

    byte[] Unprotect(byte[] cipher, string purpose);
}
