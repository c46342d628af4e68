using Sluice.Delivery.Definitions;
using Sluice.Destinations.Google;
using Sluice.Destinations.Objects;
using Sluice.Secrets;

namespace Sluice.Destinations.Gcs.Changefeeds;

/// <summary>Reads a sink's URI where it stands in a text, so that errors have the place of the part that is wrong.</summary>
internal sealed class SinkUriParser(SourceText source, int start, int end)
{
    private const string Scheme = "gs://";

    private string? _auth;
    private PartitionFormat? _format;
    private string? _credentials;
    private Range? _key;

    public SinkUri Parse()
    {
        if (!Part(start, end).StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
            throw Error(start, "The sink is Google Cloud Storage. Sluice's other providers write to other places.", "gs://bucket/prefix?…");
        var query = Find('?', start, end);
        var bucketStart = start + Scheme.Length;
        var slash = Find('/', bucketStart, query);
        var bucket = Part(bucketStart, slash);
        if (!GcsSettings.BucketName().IsMatch(bucket)) throw Error(bucketStart, "A bucket has 3 to 222 lower-case letters, digits, dots, hyphens and underscores.", "a bucket's name");
        var prefix = Prefix(Math.Min(slash + 1, query), query);
        ReadParameters(query + 1);
        CheckAuthentication();
        return new SinkUri(bucket, prefix, _format, _credentials, _key);
    }

    private string Prefix(int from, int to)
    {
        var prefix = Uri.UnescapeDataString(Part(from, to)).TrimEnd('/');
        return ObjectPrefix.Problem(prefix) is { } problem ? throw Error(from, problem, "folders such as audit/prod") : prefix;
    }

    private void ReadParameters(int from)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (from < end)
        {
            var to = Find('&', from, end);
            var equals = Find('=', from, to);
            var name = Part(from, equals);
            if (!seen.Add(name)) throw Error(from, $"{name} is there twice.", "each parameter once");
            Read(name, from, Math.Min(equals + 1, to), to);
            from = to + 1;
        }
    }

    private void Read(string name, int from, int valueStart, int to)
    {
        var value = Uri.UnescapeDataString(Part(valueStart, to));
        switch (name)
        {
            case "partition_format":
                _format = Format(value) ?? throw Error(valueStart, "There is no such partition format.", "flat, daily or hourly");
                break;
            case "AUTH":
                _auth = value == "specified" ? value : throw Error(valueStart, "Sluice has no identity of its own at Google: give it a key.", "specified");
                break;
            case "CREDENTIALS":
                ReadKey(value, valueStart, to);
                break;
            default:
                throw Error(from, $"{(name.Length == 0 ? "This" : $"\"{Shown(name)}\"")} is no parameter that Sluice knows.", "partition_format, AUTH or CREDENTIALS");
        }
    }

    private static PartitionFormat? Format(string value) => value switch
    {
        "flat" => PartitionFormat.Flat,
        "daily" => PartitionFormat.Daily,
        "hourly" => PartitionFormat.Hourly,
        _ => null,
    };

    private void ReadKey(string value, int valueStart, int to)
    {
        _key = valueStart..to;
        if (value == Secret.Mask) return;
        try
        {
            ServiceAccountKey.Parse(value).OpenKey().Dispose();
            _credentials = ServiceAccountKey.Decode(value);
        }
        catch (FormatException exception)
        {
            throw Error(valueStart, $"CREDENTIALS: {exception.Message} Put in the output of: base64 -w0 key.json", "the service account's key file in base64");
        }
    }

    private void CheckAuthentication()
    {
        if (_auth is not null && _key is null) throw Error(end, "AUTH=specified needs CREDENTIALS.", "&CREDENTIALS=<the service account's key file in base64>");
    }

    private DefinitionException Error(int position, string message, string expected) => source.Error(position, message, expected);

    private string Part(int from, int to) => source.Text[from..Math.Max(from, to)];

    private int Find(char what, int from, int to)
    {
        var found = source.Text.IndexOf(what, from, Math.Max(to - from, 0));
        return found < 0 ? to : found;
    }

    private static string Shown(string name) => name.Length <= 40 ? name : $"{name[..40]}…";
}
