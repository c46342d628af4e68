using System.Buffers;
using System.Text;
using Sluice.Profiles;

namespace Sluice.Server.Dialects.Zitadel;

/// <summary>How a kind of type is shown: by its technical name and by what people call it.</summary>
internal sealed record ZitadelType(string Prefix)
{
    public static ZitadelType Event { get; } = new("EventTypes.");

    public static ZitadelType Aggregate { get; } = new("AggregateTypes.");

    /// <summary>A JSON object.</summary>
    public byte[] Text(string type, ZitadelLabels labels)
    {
        var output = new ArrayBufferWriter<byte>();
        var json = new MemberWriter(output);
        json.Open();
        json.Text("type"u8, Encoding.UTF8.GetBytes(type));
        json.Open("localized"u8);
        json.Text("key"u8, Encoding.UTF8.GetBytes(Prefix + type));
        json.Text("localizedMessage"u8, Encoding.UTF8.GetBytes(labels.Of(type)));
        json.Close();
        json.Close();
        return output.WrittenSpan.ToArray();
    }
}
