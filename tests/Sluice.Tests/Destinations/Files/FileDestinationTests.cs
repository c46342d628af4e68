using System.Text.Json;
using System.Text.Json.Nodes;
using Sluice.Delivery.Definitions;
using Sluice.Destinations;
using Sluice.Streams;
using Sluice.Tenants;
using Sluice.Testing;
using Sluice.Tests.Fakes;

namespace Sluice.Tests.Destinations.Files;

public sealed class FileDestinationTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private StreamHarness _streams = null!;

    public async ValueTask InitializeAsync() => _streams = await StartAsync(_folder.Path);

    public async ValueTask DisposeAsync()
    {
        await _streams.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Each_event_is_one_line_of_a_file_that_its_group_may_read()
    {
        _streams.Ledger.AppendMany(1_500);

        await SendAsync("acme/audit.ndjson");

        Assert.Equal(Ids(0, 1_500), Lines("acme/audit.ndjson"));
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead, File.GetUnixFileMode(_folder.File("acme/audit.ndjson")));
    }

    [Fact]
    public async Task A_file_is_put_aside_before_it_grows_too_large_and_the_oldest_goes()
    {
        var id = await SendAsync("audit.ndjson", its => (its["max_bytes"], its["keep"]) = (5_000, 2));
        for (var i = 0; i < 5; i++)
        {
            _streams.Ledger.AppendMany(7);
            await _streams.UntilCursorAsync(id, _streams.Ledger.Size - 1);
        }

        Assert.Equal(["audit.ndjson", "audit.ndjson.1", "audit.ndjson.2"], Directory.GetFiles(_folder.Path).Select(Path.GetFileName).Order());
        Assert.Equal(Ids(14, 21), Lines("audit.ndjson.2").Concat(Lines("audit.ndjson.1")).Concat(Lines("audit.ndjson")));
        Assert.All(Directory.GetFiles(_folder.Path), file => Assert.InRange(new FileInfo(file).Length, 1, 5_000));
    }

    [Fact]
    public async Task A_line_that_was_torn_by_a_kill_is_cut_off()
    {
        File.WriteAllText(_folder.File("audit.ndjson"), "{\"id\":\"evt_before\"}\n{\"id\":\"evt_to");
        _streams.Ledger.AppendMany(2);

        await SendAsync("audit.ndjson");

        Assert.Equal(["evt_before", "evt_0", "evt_1"], Lines("audit.ndjson"));
    }

    [Fact]
    public async Task A_file_of_somebody_else_is_left_alone()
    {
        File.WriteAllText(_folder.File("audit.ndjson"), "what somebody wrote");
        _streams.Ledger.AppendMany(1);
        var id = await CreateAsync("audit.ndjson");

        await StreamHarness.UntilNowAsync(() => _streams.Stand(id).State.Status == StreamStatus.Degraded);

        Assert.Equal("what somebody wrote", File.ReadAllText(_folder.File("audit.ndjson")));
        Assert.Contains("move it away", _streams.Stand(id).State.LastError!.Message);
    }

    [Fact]
    public async Task Whoever_moves_the_file_away_finds_a_new_one_in_its_place()
    {
        _streams.Ledger.AppendMany(2);
        var id = await SendAsync("audit.ndjson");
        File.Move(_folder.File("audit.ndjson"), _folder.File("moved"));
        _streams.Ledger.AppendMany(2);

        await _streams.UntilCursorAsync(id, 3);

        Assert.Equal(Ids(0, 2), Lines("moved"));
        Assert.Equal(Ids(2, 2), Lines("audit.ndjson"));
    }

    [Fact]
    public async Task Destinations_that_share_a_file_do_not_mix_their_lines()
    {
        _streams.Ledger.AppendMany(3_000);
        string[] ids = [await CreateAsync("audit.ndjson"), await CreateAsync("audit.ndjson"), await CreateAsync("audit.ndjson")];

        foreach (var id in ids) await _streams.UntilCursorAsync(id, 2_999);

        Assert.Equal(Ids(0, 3_000).Concat(Ids(0, 3_000)).Concat(Ids(0, 3_000)).Order(), Lines("audit.ndjson").Order());
    }

    [Fact]
    public async Task A_full_disk_is_an_outage_that_loses_nothing_and_doubles_nothing()
    {
        using var disk = SmallDisk.TryMount(1, out var problem);
        Assert.SkipWhen(disk is null, problem);
        await using var streams = await StartAsync(disk!.Path);
        streams.Ledger.AppendMany(1_000, padding: 1_500);
        var id = (await streams.CreateAsync("""{"provider":"file","path":"audit.ndjson","start_from":"beginning"}""")).Definition.Id;
        await StreamHarness.UntilNowAsync(() => streams.Stand(id).State.Status == StreamStatus.Degraded);
        var (error, written) = (streams.Stand(id).State.LastError!, File.ReadAllText(Path.Combine(disk.Path, "audit.ndjson")));
        disk.Resize(8);

        await streams.UntilCursorAsync(id, 999);

        Assert.Equal(ErrorClass.Server, error.Class);
        Assert.True(written.Length == 0 || written.EndsWith('\n'));
        Assert.Equal(Ids(0, 1_000), File.ReadLines(Path.Combine(disk.Path, "audit.ndjson")).Select(Id));
        Assert.Equal(StreamStatus.Active, streams.Stand(id).State.Status);
    }

    [Theory]
    [InlineData("link.ndjson", "is a link")]
    [InlineData("linked/audit.ndjson", "is a link")]
    [InlineData("folder", "is a folder")]
    public async Task Nothing_is_written_through_a_link_or_onto_a_folder(string path, string problem)
    {
        using var elsewhere = new TemporaryFolder();
        File.CreateSymbolicLink(_folder.File("link.ndjson"), elsewhere.File("target"));
        Directory.CreateSymbolicLink(_folder.File("linked"), elsewhere.Path);
        Directory.CreateDirectory(_folder.File("folder"));
        _streams.Ledger.AppendMany(1);
        var id = await CreateAsync(path);

        await StreamHarness.UntilNowAsync(() => _streams.Stand(id).State.Status == StreamStatus.Degraded);

        Assert.Contains(problem, _streams.Stand(id).State.LastError!.Message);
        Assert.Empty(Directory.GetFileSystemEntries(elsewhere.Path));
    }

    [Theory]
    [InlineData("path", "\"/etc/passwd\"")]
    [InlineData("path", "\"../audit.ndjson\"")]
    [InlineData("path", "\"a/../../audit.ndjson\"")]
    [InlineData("path", "\"a//b\"")]
    [InlineData("path", "\"folder/\"")]
    [InlineData("path", "\"a\\u0000b\"")]
    [InlineData("path", "\"\"")]
    [InlineData("max_bytes", "4095")]
    [InlineData("keep", "0")]
    public async Task What_cannot_be_is_refused_with_its_member(string member, string value)
    {
        var settings = new JsonObject { ["provider"] = "file", ["path"] = "audit.ndjson" };
        settings[member] = JsonNode.Parse(value);

        var refusal = await Assert.ThrowsAsync<DefinitionException>(() => _streams.CreateAsync(settings.ToJsonString()));

        Assert.Equal(member, refusal.Field);
    }

    [Fact]
    public async Task An_absolute_path_is_taken_below_the_folder_and_only_an_instance_admin_may_have_one()
    {
        _streams.Ledger.AppendMany(1);
        var refusal = await Assert.ThrowsAsync<DefinitionException>(() => _streams.CreateAsync("""{"provider":"file","path":"a"}""", new Caller("key_2", "t1", Role.Admin, "t1")));

        await SendAsync(_folder.File("absolute.ndjson"));

        Assert.Equal("forbidden", refusal.Code);
        Assert.Equal(["evt_0"], Lines("absolute.ndjson"));
    }

    private static Task<StreamHarness> StartAsync(string folder) => StreamHarness.StartAsync(DestinationCatalogue.All, new() { OutputFolder = folder });

    private async Task<string> CreateAsync(string path, Action<JsonObject>? also = null)
    {
        var settings = new JsonObject { ["provider"] = "file", ["path"] = path, ["start_from"] = "beginning" };
        also?.Invoke(settings);
        return (await _streams.Control.CreateAsync(settings, StreamHarness.Admin, default)).Definition.Id;
    }

    private async Task<string> SendAsync(string path, Action<JsonObject>? also = null)
    {
        var id = await CreateAsync(path, also);
        await _streams.UntilCursorAsync(id, _streams.Ledger.Size - 1);
        return id;
    }

    private IEnumerable<string> Lines(string name) => File.ReadLines(_folder.File(name)).Select(Id);

    private static string Id(string line) => JsonDocument.Parse(line).RootElement.GetProperty("id").GetString()!;

    private static IEnumerable<string> Ids(int first, int count) => Enumerable.Range(first, count).Select(i => $"evt_{i}");
}
