using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Sluice.Delivery;
using Sluice.Delivery.Definitions;
using Sluice.Destinations;
using Sluice.Emulators;
using Sluice.Streams;
using Sluice.Tests.Fakes;

namespace Sluice.Tests.Destinations.Syslog;

public sealed class SyslogDestinationTests : IAsyncLifetime
{
    private readonly Certificates _certificates = new();
    private StreamHarness _streams = null!;

    public async ValueTask InitializeAsync() => _streams = await StreamHarness.StartAsync(DestinationCatalogue.All);

    public ValueTask DisposeAsync() => _streams.DisposeAsync();

    [Fact]
    public async Task Everything_arrives_in_order_over_one_connection()
    {
        await using var receiver = new SyslogReceiver();
        _streams.Ledger.AppendMany(2_500);
        var id = await CreateAsync($"tcp://127.0.0.1:{receiver.Port}");
        await _streams.UntilCursorAsync(id, 2_499);
        _streams.Ledger.AppendMany(500);

        await StreamHarness.UntilNowAsync(() => receiver.Messages.Count == 3_000);

        Assert.Equal(Enumerable.Range(0, 3_000).Select(i => $"evt_{i}"), Ids(receiver));
        Assert.Equal(1, receiver.Connections);
    }

    [Fact]
    public async Task Over_tls_both_sides_can_be_known_by_certificates_of_ones_own()
    {
        var client = _certificates.New();
        await using var receiver = new SyslogReceiver(_certificates.New(), client);
        _streams.Ledger.AppendMany(5);
        var id = await CreateAsync($"tls://127.0.0.1:{receiver.Port}", its =>
        {
            its["ca_certificate"] = _certificates.AuthorityPem;
            its["client_certificate"] = client.ExportCertificatePem();
            its["client_key"] = Certificates.KeyPem(client);
        });

        await StreamHarness.UntilNowAsync(() => receiver.Messages.Count == 5);

        Assert.Equal(["client_key"], (await _streams.GetAsync(id)).Definition.CredentialsSet);
    }

    [Fact]
    public async Task A_certificate_that_nobody_trusts_is_an_outage()
    {
        await using var receiver = new SyslogReceiver(_certificates.New());
        _streams.Ledger.AppendMany(5);
        var id = await CreateAsync($"tls://127.0.0.1:{receiver.Port}");

        await StreamHarness.UntilNowAsync(() => _streams.Stand(id).State.Status == StreamStatus.Degraded);

        Assert.Equal((ErrorClass.Tls, -1), (_streams.Stand(id).State.LastError!.Class, _streams.Stand(id).Cursor));
        Assert.Empty(receiver.Messages);
    }

    [Theory]
    [InlineData("tcp")]
    [InlineData("tls")]
    public async Task What_a_receiver_lost_with_its_connection_is_sent_again(string scheme)
    {
        await using var receiver = new SyslogReceiver(scheme == "tls" ? _certificates.New() : null) { IsForgetful = true };
        _streams.Ledger.AppendMany(50);
        var id = await CreateAsync($"{scheme}://127.0.0.1:{receiver.Port}", its => its["ca_certificate"] = _certificates.AuthorityPem);
        await _streams.UntilCursorAsync(id, 49);
        await StreamHarness.UntilNowAsync(() => receiver.Read > 0);
        receiver.IsForgetful = false;
        receiver.Disconnect();

        // Whoever writes learns of the end of a connection late: events go on coming, as they do.
        var everything = () => Ids(receiver).Distinct().Count() == _streams.Ledger.Size && _streams.Stand(id).Cursor == _streams.Ledger.Size - 1;
        await Eventually.TrueAsync(() => receiver.Messages.Count > 0, () =>
        {
            if (_streams.Stand(id).Cursor == _streams.Ledger.Size - 1) _streams.Ledger.AppendMany(1);
            _streams.Time.TryAdvanceToNext(TimeSpan.FromSeconds(30));
        });
        await _streams.UntilAsync(everything);

        Assert.Equal(["evt_0", "evt_1", "evt_2"], Ids(receiver).Take(3));
        Assert.Equal(2, receiver.Connections);
    }

    [Fact]
    public async Task A_receiver_that_closes_at_a_message_too_large_for_it_is_an_outage_and_loses_nothing()
    {
        await using var receiver = new SyslogReceiver { LargestMessage = 10_000 };
        var id = await CreateAsync($"tcp://127.0.0.1:{receiver.Port}");
        _streams.Ledger.AppendMany(3);
        await _streams.UntilCursorAsync(id, 2);
        _streams.Ledger.AppendMany(1, padding: 20_000);
        await Eventually.TrueAsync(() => _streams.Stand(id).State.Status == StreamStatus.Degraded, () =>
        {
            if (_streams.Stand(id).Cursor == _streams.Ledger.Size - 1) _streams.Ledger.AppendMany(1);
            _streams.Time.TryAdvanceToNext(TimeSpan.FromSeconds(30));
        });
        await _streams.UntilAsync(() => _streams.Stand(id).State.LastError?.Message.Contains("larger than it takes") == true);
        receiver.LargestMessage = int.MaxValue;

        await _streams.UntilCursorAsync(id, _streams.Ledger.Size - 1);

        await StreamHarness.UntilNowAsync(() => Ids(receiver).Distinct().Count() == _streams.Ledger.Size);
    }

    [Fact]
    public async Task A_receiver_that_is_away_is_waited_for()
    {
        var away = new SyslogReceiver();
        var port = away.Port;
        await away.DisposeAsync();
        _streams.Ledger.AppendMany(5);
        var id = await CreateAsync($"tcp://127.0.0.1:{port}");

        await _streams.UntilAsync(() => _streams.Attempts(id).Count >= 3);

        Assert.Equal((StreamStatus.Degraded, ErrorClass.Connect, -1), (_streams.Stand(id).State.Status, _streams.Stand(id).State.LastError!.Class, _streams.Stand(id).Cursor));
    }

    [Fact]
    public async Task What_a_receiver_that_hangs_never_read_is_sent_again_when_it_is_back()
    {
        await using var receiver = new SyslogReceiver { IsStuck = true };
        var id = await CreateAsync($"tcp://127.0.0.1:{receiver.Port}");
        for (var i = 0; i < 3; i++)
        {
            _streams.Ledger.AppendMany(1, padding: 100_000);
            await _streams.UntilCursorAsync(id, i);
        }

        _streams.Ledger.AppendMany(57, padding: 100_000);
        await _streams.UntilAsync(IsStill(id));
        await Eventually.TrueAsync(() => _streams.Stand(id).State.LastError?.Class == ErrorClass.Timeout, () => _streams.Time.TryAdvanceToNext(TimeSpan.Zero));
        receiver.IsStuck = false;
        await _streams.UntilCursorAsync(id, 59);
        await StreamHarness.UntilNowAsync(() => Ids(receiver).Contains("evt_59"));

        Assert.Equal(Enumerable.Range(0, 60).Select(i => $"evt_{i}"), Ids(receiver).Distinct());
    }

    [Fact]
    public async Task A_name_that_does_not_resolve_is_retried()
    {
        var failing = 2;
        await using var receiver = new SyslogReceiver();
        await using var streams = await StreamHarness.StartAsync(DestinationCatalogue.All, null, its => its with
        {
            Resolve = (_, _) => failing-- > 0 ? throw new System.Net.Sockets.SocketException((int)System.Net.Sockets.SocketError.HostNotFound) : Task.FromResult(new[] { IPAddress.Loopback }),
        });
        streams.Ledger.AppendMany(5);
        var id = (await streams.CreateAsync($$"""{"provider":"syslog","endpoint":"tls://logs.example.com:{{receiver.Port}}","start_from":"beginning"}""")).Definition.Id;

        await streams.UntilAsync(() => streams.Attempts(id).Count >= 3);

        Assert.Equal(2, streams.Attempts(id).Count(attempt => attempt.Class == "dns"));
    }

    [Fact]
    public async Task A_private_address_is_refused_when_connecting()
    {
        await using var receiver = new SyslogReceiver();
        await using var guarded = await StreamHarness.StartAsync(
            DestinationCatalogue.All, new DeliverySettings(), its => its with { Resolve = (_, _) => Task.FromResult(new[] { IPAddress.Loopback }) });
        var id = (await guarded.CreateAsync($$"""{"provider":"syslog","endpoint":"tls://logs.example.com:{{receiver.Port}}"}""")).Definition.Id;

        var test = await guarded.Control.TestAsync(id, StreamHarness.Admin, default);

        Assert.Equal((false, ErrorClass.Connect, 0), (test!.Ok, test.Class, receiver.Connections));
        Assert.Contains("no public address", test.Answer);
    }

    [Fact]
    public async Task A_test_is_one_message_that_says_what_it_is()
    {
        await using var receiver = new SyslogReceiver();
        var id = await CreateAsync($"tcp://127.0.0.1:{receiver.Port}", its => its["app_name"] = "audit-of-acme");

        var testing = _streams.Control.TestAsync(id, StreamHarness.Admin, default).AsTask();
        await _streams.UntilAsync(() => testing.IsCompleted && receiver.Messages.Count == 1);

        Assert.True((await testing)!.Ok);
        Assert.Contains(" audit-of-acme ", receiver.Messages[0]);
        Assert.Contains("\"test\":true", receiver.Messages[0]);
    }

    [Theory]
    [InlineData("""{"provider":"syslog"}""", "endpoint")]
    [InlineData("""{"provider":"syslog","endpoint":"https://h.example"}""", "endpoint")]
    [InlineData("""{"provider":"syslog","endpoint":"tls://user:password@h.example"}""", "endpoint")]
    [InlineData("""{"provider":"syslog","endpoint":"tls://h.example/path"}""", "endpoint")]
    [InlineData("""{"provider":"syslog","endpoint":"tls://h.example:6514?x=1"}""", "endpoint")]
    [InlineData("""{"provider":"syslog","endpoint":"tcp://8.8.8.8:514"}""", "endpoint")]
    [InlineData("""{"provider":"syslog","endpoint":"tls://h.example","facility":24}""", "facility")]
    [InlineData("""{"provider":"syslog","endpoint":"tls://h.example","app_name":"two words"}""", "app_name")]
    [InlineData("""{"provider":"syslog","endpoint":"tls://h.example","client_key":"x"}""", "client_certificate")]
    public async Task What_cannot_be_is_refused_with_its_member(string json, string field)
    {
        var refusal = await Assert.ThrowsAsync<DefinitionException>(() => _streams.CreateAsync(json));

        Assert.Equal(field, refusal.Field);
    }

    /// <summary>True once a stream's cursor has not moved for a while: whatever can be written has been.</summary>
    private Func<bool> IsStill(string id)
    {
        var (last, looks) = (-1L, 0);
        return () =>
        {
            var cursor = _streams.Stand(id).Cursor;
            (last, looks) = (cursor, cursor == last ? looks + 1 : 0);
            return looks == 100;
        };
    }

    private async Task<string> CreateAsync(string endpoint, Action<JsonObject>? also = null)
    {
        var settings = new JsonObject { ["provider"] = "syslog", ["endpoint"] = endpoint, ["start_from"] = "beginning" };
        also?.Invoke(settings);
        return (await _streams.Control.CreateAsync(settings, StreamHarness.Admin, default)).Definition.Id;
    }

    private static IEnumerable<string> Ids(SyslogReceiver receiver) => receiver.Messages.Select(message => message.Split("id=\"", 2)[1].Split('"')[0]);
}
