using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.Extensions.DependencyInjection;
using Sluice.Storage.Sqlite;

namespace Sluice.Secrets;

/// <summary>Data Protection's keys, as rows of the configuration database.</summary>
internal sealed class KeyRing(ConfigurationDatabase database) : IXmlRepository
{
    public bool IsEmpty => database.Read(open => open.Scalar("SELECT count(*) FROM key_ring")) == 0;

    public IReadOnlyCollection<XElement> GetAllElements() => database.Read(open =>
    {
        using var statement = open.Prepare("SELECT xml FROM key_ring ORDER BY id");
        var elements = new List<XElement>();
        while (statement.Step()) elements.Add(XElement.Parse(statement.Text(0)));
        return elements;
    });

    public void StoreElement(XElement element, string friendlyName) => database.Write(open =>
    {
        using var statement = open.Prepare("INSERT INTO key_ring (id, xml) VALUES (?, ?)");
        statement.Bind(1, friendlyName).Bind(2, element.ToString(SaveOptions.DisableFormatting)).Run();
    });
}

/// <summary>Wraps each key of the ring with the master key before it is stored.</summary>
internal sealed class KeyRingEncryptor(MasterKey master) : IXmlEncryptor
{
    public const string ElementName = "wrapped";

    public EncryptedXmlInfo Encrypt(XElement plaintextElement)
    {
        var plain = System.Text.Encoding.UTF8.GetBytes(plaintextElement.ToString(SaveOptions.DisableFormatting));
        return new EncryptedXmlInfo(new XElement(ElementName, Convert.ToBase64String(master.Wrap(plain))), typeof(KeyRingDecryptor));
    }
}

/// <summary>Its name is stored with every key, so it never moves.</summary>
internal sealed class KeyRingDecryptor(IServiceProvider services) : IXmlDecryptor
{
    public XElement Decrypt(XElement encryptedElement)
    {
        var plain = services.GetRequiredService<MasterKey>().Unwrap(Convert.FromBase64String(encryptedElement.Value));
        return XElement.Parse(System.Text.Encoding.UTF8.GetString(plain));
    }
}
