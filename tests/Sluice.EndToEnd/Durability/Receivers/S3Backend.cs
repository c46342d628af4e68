using System.Text.Json.Nodes;
using Sluice.Emulators;
using Sluice.Emulators.S3;

namespace Sluice.EndToEnd.Durability.Receivers;

/// <summary>
/// A bucket that lets its writer replace objects, and so notices one that changes: no name ever gets two different bodies, and no event is in two objects,
/// because what was cut once is sent again as it was cut.
/// </summary>
internal sealed class S3Backend() : Backend(badness: 25, keepsOrder: false)
{
    private const string Bucket = "audit", Region = "eu-central-1", Key = "AKIDEXAMPLE", SecretKey = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";

    private readonly S3Emulator _s3 = new(Bucket, Region, Key, SecretKey);
    private readonly Dictionary<long, string> _objectOf = [];

    public override JsonObject Destination(string address) => new()
    {
        ["provider"] = "s3", ["endpoint"] = address, ["bucket"] = Bucket, ["region"] = Region, ["access_key_id"] = Key, ["secret_access_key"] = SecretKey, ["max_in_flight"] = 3,
    };

    public override IReadOnlyList<long> SequencesOf(ReceivedRequest request)
    {
        var sequences = Sequences(request.Body);
        foreach (var sequence in sequences)
        {
            // What a first attempt was to write holds, whether it came to that or not.
            if (_objectOf.TryAdd(sequence, request.Path) || _objectOf[sequence] == request.Path) continue;
            Record.Fault($"Event {sequence} was to be written as {_objectOf[sequence]}, then as {request.Path}.");
        }

        return sequences;
    }

    public override Reply Take(ReceivedRequest request, IReadOnlyList<long> sequences)
    {
        var name = request.Path[(Bucket.Length + 2)..];
        var before = _s3.Objects.GetValueOrDefault(Uri.UnescapeDataString(name));
        var reply = _s3.Answer(request);
        if (!reply.IsSuccess) Record.Fault($"S3 does not like a request: {reply.Body}");
        else if (before is not null && !before.Bytes.AsSpan().SequenceEqual(request.RawBody)) Record.Fault($"{name} was replaced by something else.");
        else Record.Confirm(sequences);
        return reply;
    }

    public override void MustHold(long events) =>
        Assert.Equal(Enumerable.Range(0, (int)events).Select(sequence => (long)sequence), _s3.Objects.Values.SelectMany(stored => Sequences(stored.Bytes)).Order());
}
