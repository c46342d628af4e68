using System.Text.Json;
using System.Text.Json.Nodes;
using Sluice.Delivery;
using Sluice.Destinations;
using Sluice.Streams;
using Sluice.Tests.Contracts;
using Sluice.Tests.Fakes;

namespace Sluice.Tests.Destinations.S3;

public sealed class MotoS3Tests(MotoS3 moto) : ObjectCounterpartTests(moto), IClassFixture<MotoS3>;

public sealed class SwiftTests(Swift swift) : ObjectCounterpartTests(swift), IClassFixture<Swift>;

/// <summary>Against stores that others wrote, which know nothing of how Sluice signs.</summary>
public abstract class ObjectCounterpartTests(ObjectCounterpart store) : IAsyncLifetime
{
    private StreamHarness _streams = null!;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(store.IsThere, store.Missing);
        _streams = await StreamHarness.StartAsync(DestinationCatalogue.All, null, its => its with { Time = TimeProvider.System });   // they refuse signatures of another day
    }

    public async ValueTask DisposeAsync()
    {
        if (_streams is not null) await _streams.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Theory]
    [InlineData("none", "application/x-ndjson", ".ndjson")]
    [InlineData("gzip", "application/gzip", ".ndjson.gz")]
    public async Task Objects_hold_what_was_sent(string compression, string type, string ending)
    {
        _streams.Ledger.AppendMany(2_500, action: "ü \\\"🔑\\\"");
        var id = await CreateAsync($"a_b-of/{compression}!_.=+@:,-/prod", its => its["compression"] = compression);

        await _streams.UntilCursorAsync(id, 2_499);

        var objects = await store.ObjectsAsync($"a_b-of/{compression}!_.=+@:,-/prod/date=2026-03-15/");
        var events = objects.SelectMany(one => StoredLines.Events(one.Bytes)).ToList();
        Assert.Equal(Enumerable.Range(0, 2_500).Select(i => $"evt_{i}"), events.Select(one => one.GetProperty("id").GetString()));
        Assert.All(events, one => Assert.Equal("ü \"🔑\"", one.GetProperty("action").GetString()));
        Assert.All(objects, one => Assert.Equal((type, true), (one.Type, one.Name.EndsWith(ending, StringComparison.Ordinal))));
        Assert.All(_streams.Attempts(id), attempt => Assert.Equal("delivered", attempt.Result));
    }

    [Fact]
    public async Task So_do_GitLabs_whose_names_have_what_events_have()
    {
        _streams.Ledger.Append(
            ScriptedLedger.Body(0).Replace("evt_0", "urn:a@b.c-d_e"),
            ScriptedLedger.Body(1, tenant: "tenant ü/+%&?#", action: "a b/ü.c"));
        var id = await CreateAsync("gitlab", its => its["layout"] = "gitlab");

        await _streams.UntilCursorAsync(id, 1);

        var objects = await store.ObjectsAsync("gitlab/unspecified/2026/03/");
        Assert.Equal(["evt_1", "urn:a@b.c-d_e"], objects.Select(one => JsonElement.Parse(one.Bytes).GetProperty("id").GetString()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_wrong_secret_is_an_outage_until_the_right_one_is_given()
    {
        _streams.Ledger.AppendMany(5);
        var id = await CreateAsync("secret", its => its["secret_access_key"] = "wrong");
        await StreamHarness.UntilNowAsync(() => _streams.Stand(id).State.Status == StreamStatus.Degraded);
        var before = (_streams.Stand(id).State.LastError!.Class, _streams.Attempts(id)[^1].HttpStatus, (await store.ObjectsAsync("secret/")).Count);

        await _streams.UpdateAsync(id, new JsonObject { ["secret_access_key"] = store.SecretAccessKey }.ToJsonString());
        await _streams.UntilCursorAsync(id, 4);

        Assert.Equal((ErrorClass.Auth, 403, 0), before);
        Assert.Single(await store.ObjectsAsync("secret/"));
        Assert.Empty(_streams.DeadLetters(id));
    }

    private async Task<string> CreateAsync(string prefix, Action<JsonObject> also)
    {
        var settings = new JsonObject
        {
            ["provider"] = "s3", ["endpoint"] = store.Address, ["region"] = store.Region, ["bucket"] = store.Bucket, ["access_key_id"] = store.AccessKeyId,
            ["secret_access_key"] = store.SecretAccessKey, ["prefix"] = prefix, ["start_from"] = "beginning",
        };
        also(settings);
        return (await _streams.Control.CreateAsync(settings, StreamHarness.Admin, default)).Definition.Id;
    }
}
