using System.Text.RegularExpressions;
using Sluice.Destinations;
using Sluice.Emulators;
using Sluice.Profiles;
using Sluice.Tests.Fakes;

namespace Sluice.Tests.Destinations;

/// <summary>Whatever a kind wraps around an event, inside are the very bytes of its profile: nothing is parsed and spelled again on the way.</summary>
public sealed partial class EnvelopeTests : IAsyncLifetime
{
    private const string Awkward =
        """{"id":"evt_0","timestamp":"2026-03-15T08:42:17.003000001Z","tenant_id":"t1","category":"access","action":"user.login","outcome":"success","actor":{"type":"user","id":"a\"b]c\\d"},"metadata":{"float":1.5,"large":1e+21,"list":[true,null,{}],"text":"tab\t, line\n, \u0001, ü, 😀, </script>"},"salt":"AAAAAAAAAAAAAAAAAAAAAA"}""";

    private readonly TemporaryFolder _folder = new();
    private readonly MemoryStream _output = new();
    private Receiver _receiver = null!;
    private StreamHarness _streams = null!;

    public static TheoryData<string> Kinds => [.. DestinationCatalogue.All.Select(kind => kind.Name)];

    public async ValueTask InitializeAsync()
    {
        _receiver = await Receiver.StartAsync();
        _streams = await StreamHarness.StartAsync(DestinationCatalogue.All, new() { AllowPrivateEndpoints = true, OutputFolder = _folder.Path, FillFor = TimeSpan.Zero }, its => its with { StandardOutput = () => new Unclosed(_output) });
        _streams.Ledger.Append(Awkward);
    }

    public async ValueTask DisposeAsync()
    {
        await _streams.DisposeAsync();
        await _receiver.DisposeAsync();
        _folder.Dispose();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Of_every_kind_around_every_profile(string kind)
    {
        await using var envelope = Envelope.Of(kind, _streams, _receiver, _folder, _output);
        foreach (var profile in ProfileCatalogue.All)
        {
            var settings = envelope.Settings;
            (settings["provider"], settings["profile"], settings["start_from"]) = (kind, profile.Name, "beginning");
            var id = (await _streams.Control.CreateAsync(settings, StreamHarness.Admin, default)).Definition.Id;
            await _streams.UntilCursorAsync(id, 0);

            Assert.Equal(Expected(kind, profile.Name), await envelope.InsideAsync(profile.IsJson));
        }
    }

    /// <summary>Rows of <c>gcs</c> have the columns of ZITADEL's table that are selected, and the creator is none of the usual ones.</summary>
    private string Expected(string kind, string profile)
    {
        var spelled = _streams.Ledger.Spelled(0, profile);
        return (kind, profile) == ("gcs", "zitadel") ? Creator().Replace(spelled, "") : spelled;
    }

    [GeneratedRegex(@"""creator"":""(?:[^""\\]|\\.)*"",")]
    private static partial Regex Creator();

    private sealed class Unclosed(Stream inner) : MemoryStream
    {
        public override void Write(byte[] buffer, int offset, int count) => inner.Write(buffer, offset, count);

        public override void Write(ReadOnlySpan<byte> buffer) => inner.Write(buffer);
    }
}
