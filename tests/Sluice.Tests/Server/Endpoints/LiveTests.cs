using System.Text.Json;
using Sluice.Server.Endpoints;

namespace Sluice.Tests.Server.Endpoints;

public sealed class LiveTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task What_is_committed_from_now_on_arrives_with_its_place()
    {
        await using var server = await QueryServer.StartAsync(3);
        using var reader = await LiveReader.OpenAsync(server, "");
        server.Add(2);

        var first = await reader.EventAsync();
        var second = await reader.EventAsync();

        Assert.Equal(("e3", "e4"), (first.Id, second.Id));
        Assert.NotEqual(first.Token, second.Token);
    }

    [Fact]
    public async Task A_reader_that_comes_back_misses_nothing()
    {
        await using var server = await QueryServer.StartAsync();
        string token;
        using (var reader = await LiveReader.OpenAsync(server, "?filter=action%3D%22a.1%22"))
        {
            server.Add(6);
            token = (await reader.EventAsync()).Token;
        }

        server.Add(6);
        using var again = await LiveReader.OpenAsync(server, "", token);

        Assert.Equal(["e4", "e7", "e10"], [(await again.EventAsync()).Id, (await again.EventAsync()).Id, (await again.EventAsync()).Id]);
    }

    [Fact]
    public async Task Even_before_the_first_event_there_is_a_place_to_come_back_to()
    {
        await using var server = await QueryServer.StartAsync(2);
        string token;
        using (var reader = await LiveReader.OpenAsync(server, "", tenant: "t1")) token = await reader.PlaceAsync();
        server.Add(3);

        using var again = await LiveReader.OpenAsync(server, "", token, "t1");
        Assert.Equal(["e2", "e4"], [(await again.EventAsync()).Id, (await again.EventAsync()).Id]);
        (await server.OpenAsync("/events/live", "t2", token)).Dispose();
        Assert.Equal(403, (int)(await server.OpenAsync("/events/live", "t2", token)).StatusCode);
    }

    [Fact]
    public async Task Every_fifteen_seconds_a_comment_keeps_the_line_open()
    {
        await using var server = await QueryServer.StartAsync();
        using var reader = await LiveReader.OpenAsync(server, "?filter=action%3D%22none%22");
        await reader.CommentAsync();

        for (var i = 0; i < 3; i++)
        {
            await server.Time.SomebodyWaitsAsync(LiveStream.CommentEvery);
            server.Time.Advance(LiveStream.CommentEvery);
            await reader.CommentAsync();
        }
    }

    [Fact]
    public async Task A_reader_that_stops_reading_is_closed_when_ten_thousand_events_wait()
    {
        await using var server = await QueryServer.StartAsync();
        using var reader = await LiveReader.OpenAsync(server, "");

        while (server.Answered == 0 && server.Main.Size < 100 * LiveStream.MaxBehind)
        {
            server.Add(100);
            await Task.Yield();
        }

        Assert.Equal(1, server.Answered);
        Assert.True(server.Main.Size > LiveStream.MaxBehind);
        await Assert.ThrowsAnyAsync<IOException>(async () =>
        {
            while (true) await reader.EventAsync();
        });
    }

    [Fact]
    public async Task A_reader_far_behind_that_reads_is_served()
    {
        await using var server = await QueryServer.StartAsync(3 * LiveStream.MaxBehind);
        var start = server.Tokens.Write(new Sluice.Query.PageToken("main", null, null, Sluice.Query.PageOrder.Ascending, 0, ""));
        using var reader = await LiveReader.OpenAsync(server, "", start);

        for (var i = 0; i < 3 * LiveStream.MaxBehind; i++) Assert.Equal($"e{i}", (await reader.EventAsync()).Id);
    }

    [Fact]
    public async Task When_the_server_stops_the_stream_ends()
    {
        await using var server = await QueryServer.StartAsync();
        using var reader = await LiveReader.OpenAsync(server, "");
        await reader.CommentAsync();

        await server.StopAsync();

        await Assert.ThrowsAnyAsync<IOException>(reader.EventAsync);
    }

    private sealed class LiveReader(HttpResponseMessage response, StreamReader lines, CancellationTokenSource patience) : IDisposable
    {
        public static async Task<LiveReader> OpenAsync(QueryServer server, string query, string? lastEventId = null, string? tenant = null)
        {
            var patience = new CancellationTokenSource(Patience);
            var response = await server.OpenAsync($"/events/live{query}", tenant, lastEventId, patience.Token);
            Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
            return new LiveReader(response, new StreamReader(await response.Content.ReadAsStreamAsync(patience.Token)), patience);
        }

        public async Task<(string Token, string Id)> EventAsync()
        {
            var token = await PlaceAsync();
            for (var line = await LineAsync(); ; line = await LineAsync())
            {
                if (line.StartsWith("id: ", StringComparison.Ordinal)) token = line[4..];
                if (line.StartsWith("data: ", StringComparison.Ordinal)) return (token, JsonDocument.Parse(line[6..]).RootElement.GetProperty("id").GetString()!);
            }
        }

        public async Task<string> PlaceAsync()
        {
            for (var line = await LineAsync(); ; line = await LineAsync())
                if (line.StartsWith("id: ", StringComparison.Ordinal)) return line[4..];
        }

        public async Task CommentAsync()
        {
            while (!(await LineAsync()).StartsWith(':'))
            {
            }
        }

        public void Dispose()
        {
            response.Dispose();
            patience.Dispose();
        }

        private async Task<string> LineAsync() => await lines.ReadLineAsync(patience.Token) ?? throw new EndOfStreamException();
    }
}
