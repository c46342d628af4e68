namespace Sluice.Tests.Destinations.S3;

/// <summary>An object store that others wrote, and that checks signatures.</summary>
public abstract class ObjectCounterpart(string script, string python) : Counterpart(script, python)
{
    public string Bucket => Ready.GetProperty("bucket").GetString()!;

    /// <summary>Why its tests cannot run where it is not there.</summary>
    public abstract string Missing { get; }

    /// <summary>What it has below a prefix, as a library reads it that is not ours.</summary>
    internal async Task<IReadOnlyList<ReadObject>> ObjectsAsync(string prefix) =>
        [.. (await AskAsync(prefix)).EnumerateArray().Select(one => new ReadObject(one.GetProperty("name").GetString()!, one.GetProperty("type").GetString()!, one.GetProperty("bytes").GetBytesFromBase64()))];
}

internal sealed record ReadObject(string Name, string Type, byte[] Bytes);

/// <summary>moto, for a user who may write objects and nothing else; boto3 reads them.</summary>
public sealed class MotoS3() : ObjectCounterpart("moto_s3.py", "python3")
{
    public override string Missing => CloudWatch.MotoLogs.Missing;
}

/// <summary>OpenStack Swift, whose servers are those of real clouds; its own interface reads the objects.</summary>
public sealed class Swift() : ObjectCounterpart("swift_s3.py", "/usr/bin/python3")
{
    public override string Missing => "There is no Swift: install python3-swift, as './test --long' does.";
}
