using System.Net.Sockets;
using Sluice.Server.Import;

namespace Sluice.Tests.Server.Import;

/// <summary>What a run does when the server, the file or its own notes are not as hoped.</summary>
public sealed class ImportRunTests : IDisposable
{
    private readonly InterceptedApi _api = new();
    private readonly ImportBench _bench;

    public ImportRunTests() => _bench = new ImportBench(_api);

    [Theory]
    [InlineData(429, "7", 7)]
    [InlineData(503, "30", 30)]
    [InlineData(507, "Sun, 15 Mar 2026 08:00:20 GMT", 20)]
    [InlineData(429, "86400", 600)]
    [InlineData(429, "-1", 1)]
    [InlineData(429, null, 1)]
    public async Task A_busy_server_is_waited_for_as_long_as_it_asks(int status, string? retryAfter, int seconds)
    {
        _api.Before = request => request == 1 ? InterceptedApi.Answer(status, """{"code":"busy","detail":"Wait."}""", retryAfter) : null;

        var run = await ImportAsync();

        Assert.Equal([TimeSpan.FromSeconds(seconds)], _bench.Time.Waits);
        Assert.Equal([$"http://localhost answers {status} busy: Wait. Trying again in {seconds} s."], _bench.Said.Lines);
        Assert.Equal(_api.Bodies[0], _api.Bodies[1]);
        Assert.Equal(3, run.Tally.Imported);
    }

    [Fact]
    public async Task A_busy_server_is_waited_for_without_end()
    {
        _api.Before = request => request <= 200 ? InterceptedApi.Answer(429, retryAfter: "10") : null;

        var run = await ImportAsync();

        Assert.Equal(200, _bench.Time.Waits.Count);
        Assert.Equal(3, run.Tally.Imported);
    }

    [Fact]
    public async Task A_server_that_does_not_answer_is_given_up_after_two_minutes_and_the_import_can_go_on_later()
    {
        _api.Before = _ => throw new HttpRequestException("failed", new SocketException((int)SocketError.ConnectionRefused));

        var stopped = await Assert.ThrowsAsync<ImportException>(ImportAsync);

        Assert.InRange(_bench.Time.Waits.Sum(wait => wait.TotalSeconds), 120, 140);
        Assert.Contains("http://localhost cannot be reached: Connection refused. Is the server running there?", stopped.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_gone_just_when_the_connection_stands_is_waited_for()
    {
        _api.Before = request => request == 1 ? throw new SocketException((int)SocketError.NotConnected) : null;

        var run = await ImportAsync();

        Assert.Equal((3, 1), (run.Tally.Imported, _bench.Time.Waits.Count));
    }

    [Theory]
    [InlineData(401, "does not know the key")]
    [InlineData(403, "needs the role writer or admin")]
    [InlineData(413, "limits requests to less than 1 MiB")]
    [InlineData(301, "Give that with --url")]
    [InlineData(404, "Is this a Sluice server?")]
    public async Task What_waiting_cannot_mend_stops_the_import_with_the_reason(int status, string reason)
    {
        _api.Before = _ => InterceptedApi.Answer(status);

        var stopped = await Assert.ThrowsAsync<ImportException>(ImportAsync);

        Assert.Contains(reason, stopped.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(RunningServer.AdminKey, stopped.Message, StringComparison.Ordinal);
        Assert.Empty(_bench.Time.Waits);
    }

    [Fact]
    public async Task Requests_stay_below_what_proxies_let_through()
    {
        await _bench.ImportAsync(_bench.File(ImportBench.Events(1_500, new string('x', 2_000))));

        Assert.All(_api.Bodies, body => Assert.InRange(body.Length, 1, 1024 * 1024));
        Assert.Equal(1_500, _api.Bodies.Sum(body => body.Count(character => character == '\n')));
    }

    [Fact]
    public async Task Twenty_refused_records_are_named_and_the_rest_counted()
    {
        var run = await _bench.ImportAsync(_bench.File(string.Concat(Enumerable.Repeat("nope\n", 25))));

        Assert.Equal(new ImportTally(0, 0, 25), run.Tally);
        Assert.Equal(21, _bench.Said.Lines.Count);
        Assert.Equal("… and 5 more refused", _bench.Said.Lines[^1]);
        Assert.Empty(_api.Bodies);
    }

    [Fact]
    public async Task A_position_that_cannot_be_kept_is_said_once_and_stops_nothing()
    {
        var run = await _bench.ImportAsync(_bench.File(ImportBench.Events(2_500)), position: Path.Combine(_bench.PositionPath, "no", "such", "folder"));

        Assert.Equal(2_500, run.Tally.Imported);
        Assert.Contains("cannot be written", Assert.Single(_bench.Said.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_position_that_cannot_be_read_starts_at_the_beginning()
    {
        File.WriteAllText(_bench.PositionPath, "{\"from\":");

        var run = await ImportAsync();

        Assert.Equal(3, run.Tally.Imported);
        Assert.Contains("cannot be read", Assert.Single(_bench.Said.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_file_and_a_folder_are_named()
    {
        var missing = await Assert.ThrowsAsync<ImportException>(() => _bench.ImportAsync("no-such-file"));
        var folder = await Assert.ThrowsAsync<ImportException>(() => _bench.ImportAsync(Path.GetTempPath()));

        Assert.Equal("There is no file no-such-file.", missing.Message);
        Assert.EndsWith("cannot be read: it is a folder", folder.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Gzip_that_breaks_off_is_told_and_keeps_what_stands_before(bool withNonsense)
    {
        var path = _bench.File(ImportBench.Events(3_000), gzip: true);
        var bytes = File.ReadAllBytes(path);
        var half = bytes.Length / 2;
        if (withNonsense) bytes.AsSpan(half).Fill(0xff);
        File.WriteAllBytes(path, withNonsense ? bytes : bytes[..half]);

        var stopped = await Assert.ThrowsAsync<ImportException>(() => _bench.ImportAsync(path));

        Assert.Contains("is gzip that breaks off or is damaged after line", stopped.Message, StringComparison.Ordinal);
        Assert.True(_api.Bodies.Sum(body => body.Count(character => character == '\n')) > 1_000);
    }

    public void Dispose() => _bench.Dispose();

    private Task<ImportRun> ImportAsync() => _bench.ImportAsync(_bench.File(ImportBench.Events(3)));
}
