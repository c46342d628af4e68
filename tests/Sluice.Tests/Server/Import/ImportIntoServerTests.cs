using System.Text.Json.Nodes;
using Sluice.Server.Import;
using Sluice.Tenants;
using Sluice.Tests.Sources.CloudTrail;

namespace Sluice.Tests.Server.Import;

/// <summary>Files into the real server: all of it, once.</summary>
public sealed class ImportIntoServerTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_file_imported_twice_is_stored_once(bool gzip)
    {
        await using var server = await RunningServer.StartAsync();
        using var bench = new ImportBench(ImportBench.Before(server));
        var file = bench.File(ImportBench.Events(2_500), gzip);

        var first = await bench.ImportAsync(file);
        var second = await bench.ImportAsync(file);

        Assert.Equal(new ImportTally(2_500, 0, 0), first.Tally);
        Assert.Equal(new ImportTally(0, 2_500, 0), second.Tally);
        Assert.Equal(2_500, await SizeAsync(server));
        Assert.Equal(1.0, bench.Said.Reports[^1].Fraction);
        Assert.False(File.Exists(bench.PositionPath));
    }

    [Fact]
    public async Task Equal_lines_are_two_events()
    {
        await using var server = await RunningServer.StartAsync();
        using var bench = new ImportBench(ImportBench.Before(server));

        var run = await bench.ImportAsync(bench.File($"{Some.Event}\n{Some.Event}\n"));

        Assert.Equal(new ImportTally(2, 0, 0), run.Tally);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_interrupted_import_goes_on_where_it_stopped(bool gzip)
    {
        await using var server = await RunningServer.StartAsync();
        var api = ImportBench.Before(server);
        using var bench = new ImportBench(api);
        var file = bench.File(ImportBench.Events(4_500), gzip);

        await StopBeforeAsync(bench, api, file, request: 3);
        var run = await bench.ImportAsync(file);

        Assert.StartsWith("Going on after line 2000", bench.Said.Lines[0], StringComparison.Ordinal);
        Assert.Equal([1_000, 1_000, 1_000, 1_000, 1_000, 500], Enumerable.Range(1, 6).Select(request => api.Lines(request).Count()));
        Assert.Contains("usr_2000\"", api.Lines(4).First(), StringComparison.Ordinal);
        Assert.Equal(new ImportTally(4_500, 0, 0), run.Tally);
        Assert.Equal(4_500, await SizeAsync(server));
    }

    [Fact]
    public async Task Records_in_one_array_go_on_where_they_stopped()
    {
        await using var server = await RunningServer.StartAsync();
        var api = ImportBench.Before(server);
        using var bench = new ImportBench(api);
        var file = bench.File("{\"Records\" : [\n" + string.Join(",\n", Enumerable.Range(0, 1_500).Select(i => Mapped.Record().Replace("7f3c", $"id-{i}", StringComparison.Ordinal))) + "\n]}\n");

        await StopBeforeAsync(bench, api, file, request: 2, from: "cloudtrail");
        var run = await bench.ImportAsync(file, "cloudtrail");

        Assert.StartsWith("Going on after record 1000", bench.Said.Lines[0], StringComparison.Ordinal);
        Assert.Contains("\"id-1000\"", api.Lines(3).First(), StringComparison.Ordinal);
        Assert.Equal(new ImportTally(1_500, 0, 0), run.Tally);
    }

    [Fact]
    public async Task A_file_that_changed_is_imported_from_its_beginning()
    {
        await using var server = await RunningServer.StartAsync();
        var api = ImportBench.Before(server);
        using var bench = new ImportBench(api);
        var events = ImportBench.Events(3_000);

        await StopBeforeAsync(bench, api, bench.File(events), request: 3);
        var run = await bench.ImportAsync(bench.File(events.Replace("usr_1999\"", "usr_new_\"", StringComparison.Ordinal)));

        Assert.Contains("the file was changed since", bench.Said.Lines[0], StringComparison.Ordinal);
        Assert.Equal(new ImportTally(1_001, 1_999, 0), run.Tally);
    }

    [Fact]
    public async Task A_position_in_another_ledger_is_not_trusted()
    {
        await using var first = await RunningServer.StartAsync();
        await using var second = await RunningServer.StartAsync();
        var (api, other) = (ImportBench.Before(first), ImportBench.Before(second));
        using var bench = new ImportBench(api);
        using var elsewhere = new ImportBench(other);
        var file = bench.File(ImportBench.Events(3_000));

        await StopBeforeAsync(bench, api, file, request: 3);
        var run = await elsewhere.ImportAsync(file, position: bench.PositionPath);

        Assert.Contains("another ledger", elsewhere.Said.Lines[0], StringComparison.Ordinal);
        Assert.Equal(new ImportTally(3_000, 0, 0), run.Tally);
    }

    [Fact]
    public async Task Another_key_or_tenant_starts_anew()
    {
        await using var server = await RunningServer.StartAsync();
        var api = ImportBench.Before(server);
        using var bench = new ImportBench(api);
        var file = bench.File(ImportBench.Events(3_000));
        await StopBeforeAsync(bench, api, file, request: 3);

        bench.Key = server.Key(Role.Writer, "globex");
        var run = await bench.ImportAsync(file);

        Assert.Contains("the key was another", bench.Said.Lines[0], StringComparison.Ordinal);
        Assert.Equal(new ImportTally(3_000, 0, 0), run.Tally);
    }

    [Fact]
    public async Task An_answer_that_got_lost_doubles_nothing()
    {
        await using var server = await RunningServer.StartAsync();
        var api = ImportBench.Before(server);
        api.After = request => { if (request == 1) throw new HttpRequestException("reset"); };
        using var bench = new ImportBench(api);

        var run = await bench.ImportAsync(bench.File(ImportBench.Events(1_500)));

        Assert.Equal(new ImportTally(500, 1_000, 0), run.Tally);
        Assert.Equal(1_500, await SizeAsync(server));
        Assert.Contains("cannot be reached: reset. Trying again in 1 s.", bench.Said.Lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bad_lines_are_named_and_stop_nothing()
    {
        await using var server = await RunningServer.StartAsync();
        using var bench = new ImportBench(ImportBench.Before(server));
        var missing = """{"action":"a.b","actor":{"type":"user","id":"u"}}""";

        var run = await bench.ImportAsync(bench.File($"{Some.EventWithId("a")}\nnope\n\n{missing}\n{Some.EventWithId("a", actor: "usr_2")}\n{Some.EventWithId("b")}"));

        Assert.Equal(new ImportTally(2, 0, 3), run.Tally);
        Assert.Equal(["line 2: invalid_json", "line 4: missing_field outcome", "line 5: conflict id"], bench.Said.Lines.Select(line => string.Join(':', line.Split(':')[..2])));
    }

    [Fact]
    public async Task A_tenant_s_events_go_to_the_tenant_that_is_named()
    {
        await using var server = await RunningServer.StartAsync();
        using var bench = new ImportBench(ImportBench.Before(server));

        await bench.ImportAsync(bench.File(Mapped.Record()), "cloudtrail", tenant: "acme");

        var stored = await server.CallAsync("GET", "/v1/audit/events/7f3c?tenant_id=acme");
        Assert.Equal(200, stored.Status);
    }

    [Fact]
    public async Task The_real_records_import_completely_and_once()
    {
        Assert.SkipUnless(File.Exists(RealRecords.Path), $"The real CloudTrail records are not on this machine: {RealRecords.Path}");
        await using var server = await RunningServer.StartAsync();
        using var bench = new ImportBench(ImportBench.Before(server));

        var first = await bench.ImportAsync(RealRecords.Path, "cloudtrail", tenant: "acme");
        var second = await bench.ImportAsync(RealRecords.Path, "cloudtrail", tenant: "acme");

        Assert.Equal((new ImportTally(2_900, 0, 0), new ImportTally(0, 2_900, 0)), (first.Tally, second.Tally));
        Assert.Equal(2_900, await SizeAsync(server));
    }

    private static async Task StopBeforeAsync(ImportBench bench, InterceptedApi api, string file, int request, string from = "sluice")
    {
        using var stop = new CancellationTokenSource();
        api.Before = number =>
        {
            if (number == request) stop.Cancel();
            return null;
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => bench.ImportAsync(file, from, cancellation: stop.Token));
        api.Before = _ => null;
    }

    private static async Task<long> SizeAsync(RunningServer server) => JsonNode.Parse((await server.CallAsync("GET", "/v1/audit/log", key: null)).Text)!["size"]!.GetValue<long>();
}
