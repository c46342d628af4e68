using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.Extensions.DependencyInjection;
using Sluice.Storage;

namespace Sluice.Secrets;

/// <summary>
/// Data Protection's keys, as rows of the configuration. Its interface knows no asynchronous calls, so this is the one place that waits for the
/// store: at the start, and when a key is made every 90 days.
/// </summary>
internal sealed class KeyRing(IConfigurationStore store) : IXmlRepository
{
    public async ValueTask<IReadOnlyList<XElement>> AllAsync(CancellationToken cancellation = default) =>
        await store.ReadAsync(session => session.QueryAsync("SELECT xml FROM key_ring ORDER BY id", row => XElement.Parse(row.Text(0))), cancellation);

    public IReadOnlyCollection<XElement> GetAllElements() => AllAsync().AsTask().GetAwaiter().GetResult();

    public void StoreElement(XElement element, string friendlyName) => AddAsync(element, friendlyName).AsTask().GetAwaiter().GetResult();

    private async ValueTask AddAsync(XElement element, string friendlyName) => await store.WriteAsync(session =>
        session.ExecuteAsync("INSERT INTO key_ring (id, xml) VALUES (?1, ?2)", friendlyName, element.ToString(SaveOptions.DisableFormatting)));
}

/// <summary>Wraps each key of the ring with the master key before it is stored.</summary>
internal sealed class KeyRingEncryptor(InstanceSecrets secrets) : IXmlEncryptor
{
    public const string ElementName = "wrapped";

    public EncryptedXmlInfo Encrypt(XElement plaintextElement)
    {
        var plain = System.Text.Encoding.UTF8.GetBytes(plaintextElement.ToString(SaveOptions.DisableFormatting));
        return new EncryptedXmlInfo(new XElement(ElementName, Convert.ToBase64String(secrets.Master.Wrap(plain))), typeof(KeyRingDecryptor));
    }
}

/// <summary>Its name is stored with every key, so it never moves.</summary>
internal sealed class KeyRingDecryptor(IServiceProvider services) : IXmlDecryptor
{
    public XElement Decrypt(XElement encryptedElement)
    {
        var plain = services.GetRequiredService<InstanceSecrets>().Master.Unwrap(Convert.FromBase64String(encryptedElement.Value));
        return XElement.Parse(System.Text.Encoding.UTF8.GetString(plain));
    }
}
