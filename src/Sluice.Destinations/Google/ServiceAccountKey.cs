using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Sluice.Destinations.Google;

/// <summary>The key file of a service account, as Google's console downloads it.</summary>
internal sealed record ServiceAccountKey(string ClientEmail, string PrivateKey, string? PrivateKeyId, string TokenUri)
{
    private const string UsualTokenUri = "https://oauth2.googleapis.com/token";

    /// <summary>Lines of a key that are shorter would be found in texts where they are none.</summary>
    private const int ShortestLine = 16;

    /// <summary>What must not be shown, beside the file as a whole.</summary>
    public IEnumerable<string> Secrets => PrivateKey.Split('\n', StringSplitOptions.TrimEntries).Where(line => line.Length >= ShortestLine && !line.StartsWith('-')).Append(PrivateKey);

    /// <summary>Reads the file's JSON, or its base64.</summary>
    /// <exception cref="FormatException">It is no such key; the message says why.</exception>
    public static ServiceAccountKey Parse(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(Decode(text));
            return Read(document.RootElement);
        }
        catch (JsonException)
        {
            throw new FormatException("This is not the JSON of a service account's key file.");
        }
    }

    /// <summary>The file's JSON, where it may be given in base64.</summary>
    /// <exception cref="FormatException">It is neither.</exception>
    public static string Decode(string text)
    {
        if (text.TrimStart().StartsWith('{')) return text;
        // In a URL's query a plus means a blank, and the padding is often lost.
        var padded = text.Trim().Replace(' ', '+').TrimEnd('=');
        padded += new string('=', (4 - padded.Length % 4) % 4);
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(Convert.FromBase64String(padded));
        }
        catch (Exception exception) when (exception is FormatException or DecoderFallbackException)
        {
            throw new FormatException("This is neither the JSON of a service account's key file nor its base64.");
        }
    }

    public RSA OpenKey()
    {
        var key = RSA.Create();
        try
        {
            // Copied out of the file without decoding it, line breaks are still \n.
            key.ImportFromPem(PrivateKey.Replace("\\n", "\n", StringComparison.Ordinal));
            if (key.ExportParameters(includePrivateParameters: true).D is not null) return key;
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException)
        {
            // Said below, without any of its text.
        }

        key.Dispose();
        throw new FormatException("private_key must be the PEM text that the service account's key file has as private_key.");
    }

    private static ServiceAccountKey Read(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object) throw new FormatException("A service account's key is a JSON object.");
        if (Text(root, "type") is { } type && type != "service_account") throw new FormatException($"A key of type service_account is wanted, not one of another type.");
        var key = new ServiceAccountKey(
            Text(root, "client_email") ?? throw Missing("client_email"),
            Text(root, "private_key") ?? throw Missing("private_key"),
            Text(root, "private_key_id"),
            Text(root, "token_uri") ?? UsualTokenUri);
        if (key.ClientEmail.Any(c => c is <= ' ' or > '~')) throw new FormatException("client_email of the service account's key is not an e-mail address.");
        return key;
    }

    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text : null;

    private static FormatException Missing(string name) => new($"The service account's key has no {name}.");
}
