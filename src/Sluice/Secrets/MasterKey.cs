using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Sluice.Secrets;

/// <summary>
/// The 32 bytes that wrap the key ring. They live in a file of their own or in the settings, apart from the data that they protect: a copy of the
/// database without them gives away no credential. All nodes of an instance have the same.
/// </summary>
internal sealed class MasterKey
{
    public const int Length = 32;

    private const int NonceLength = 12, TagLength = 16;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    private const string OnAnotherNode = "On a further node: copy the key file from the node that made it, or set the same Sluice:Secrets:Key on all nodes.";

    private readonly byte[] _key;

    private MasterKey(byte[] key) => _key = key;

    /// <param name="key">From the settings; 32 bytes.</param>
    public static MasterKey Of(byte[] key) => new(key);

    /// <param name="mayCreate">False when something was already wrapped by a key, so that a new one would only hide the loss.</param>
    public static MasterKey Open(string path, bool mayCreate)
    {
        if (!File.Exists(path))
        {
            if (!mayCreate) throw new SecretsException($"The key file {path} is missing, and credentials are stored under its key. Put the file back, or set Sluice:Secrets:KeyFile to where it is. {OnAnotherNode}");
            CreateOrSay(path);
        }

        RefuseReadableByOthers(path);
        return new MasterKey(Read(path));
    }

    /// <summary>Nonce, tag and ciphertext in one piece.</summary>
    public byte[] Wrap(ReadOnlySpan<byte> plain)
    {
        var wrapped = new byte[NonceLength + TagLength + plain.Length];
        var nonce = wrapped.AsSpan(0, NonceLength);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(_key, TagLength);
        aes.Encrypt(nonce, plain, wrapped.AsSpan(NonceLength + TagLength), wrapped.AsSpan(NonceLength, TagLength));
        return wrapped;
    }

    /// <exception cref="SecretsException">It was wrapped by another key, or changed since.</exception>
    public byte[] Unwrap(ReadOnlySpan<byte> wrapped)
    {
        if (wrapped.Length < NonceLength + TagLength) throw NotOurs();
        var plain = new byte[wrapped.Length - NonceLength - TagLength];
        try
        {
            using var aes = new AesGcm(_key, TagLength);
            aes.Decrypt(wrapped[..NonceLength], wrapped[(NonceLength + TagLength)..], wrapped.Slice(NonceLength, TagLength), plain);
            return plain;
        }
        catch (CryptographicException error)
        {
            throw NotOurs(error);
        }
    }

    private static void CreateOrSay(string path)
    {
        try
        {
            Create(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new SecretsException($"The key file {path} cannot be made: {error.Message} Make its folder writable, or set Sluice:Secrets:KeyFile to another place.", error);
        }
    }

    private static void Create(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnerOnly;
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var file = new FileStream(path, options);
        file.Write(Encoding.ASCII.GetBytes(Convert.ToBase64String(RandomNumberGenerator.GetBytes(Length)) + "\n"));
        file.Flush(flushToDisk: true);
    }

    private static void RefuseReadableByOthers(string path)
    {
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & Others) != 0)
            throw new SecretsException($"The key file {path} can be used by other users of this machine. Run: chmod 600 '{path}'");
    }

    private static byte[] Read(string path)
    {
        try
        {
            if (new FileInfo(path).Length <= 1024 && Base64.IsValid(File.ReadAllText(path).Trim(), out var length) && length == Length)
                return Convert.FromBase64String(File.ReadAllText(path).Trim());
        }
        catch (UnauthorizedAccessException error)
        {
            throw new SecretsException($"The key file {path} cannot be read by this user. Start Sluice as the file's owner.", error);
        }

        throw new SecretsException($"The key file {path} does not hold a key: it must be 32 bytes in base64. Put the right file back.");
    }

    private static SecretsException NotOurs(Exception? inner = null) =>
        new($"The stored secrets belong to another key than this server was given. Put the right key file back, or set Sluice:Secrets:KeyFile to where it is. {OnAnotherNode}", inner);
}
