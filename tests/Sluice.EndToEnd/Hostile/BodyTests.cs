using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;
using Sluice.EndToEnd.Running;

namespace Sluice.EndToEnd.Hostile;

/// <summary>Bodies that nobody sends by accident. Each gets its 4xx, memory stays below a bound, and the next request is served.</summary>
[Collection(AloneCollection.Name)]
public sealed class BodyTests(BodyTests.Server fixture, ITestOutputHelper output) : IClassFixture<BodyTests.Server>, IAsyncLifetime
{
    private const string Good = """{"action":"user.login","outcome":"success","actor":{"type":"user","id":"u"}}""";
    private const string Path = "/v1/audit/events";

    /// <summary>Most that the server may ever take here, in MiB: the budget for bodies (256) and what a server takes anyway.</summary>
    private const int MemoryBound = 450;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private SluiceProcess Sluice => fixture.Process;

    [Fact]
    public async Task A_body_that_never_ends_is_stopped_at_64_MiB()
    {
        using var connection = await StartPostAsync("Transfer-Encoding: chunked\r\n");
        var megabyte = Encoding.ASCII.GetBytes("100000\r\n" + new string(' ', 1 << 20) + "\r\n");
        var sent = 0;
        while (sent < 1_000 && await connection.TrySendAsync(megabyte)) sent++;
        output.WriteLine($"Stopped after {sent} MiB");
        Assert.InRange(sent, 64, 80);
        Assert.True(await connection.StatusAsync(Patience) is 413 or null);
    }

    [Fact]
    public async Task A_body_of_65_MiB_is_refused()
    {
        var answer = await PostAsync(Encoding.ASCII.GetBytes(new string(' ', 65 << 20)));
        Assert.Equal("request_too_large", answer.Expect(413).Code);
    }

    [Fact]
    public async Task A_declared_length_beyond_the_limit_is_refused_before_the_body()
    {
        using var connection = await StartPostAsync("Content-Length: 9999999999\r\n");
        Assert.Equal(413, await connection.StatusAsync(Patience));
    }

    [Fact]
    public async Task A_body_that_drips_is_given_up_and_keeps_nobody_else_out()
    {
        var slow = new List<RawConnection>();
        try
        {
            for (var i = 0; i < 40; i++) slow.Add(await StartPostAsync($"Content-Length: {64 << 20}\r\n"));
            foreach (var connection in slow) await connection.SendAsync("[");
            (await Sluice.Client.PostEventAsync(Good)).Expect(200);
            foreach (var connection in slow) Assert.True(await connection.StatusAsync(Patience) is 408 or null);
        }
        finally
        {
            slow.ForEach(connection => connection.Dispose());
        }
    }

    [Fact]
    public async Task A_gigabyte_packed_into_one_megabyte_is_stopped_early()
    {
        var answer = await PostAsync(Bomb(), encoding: "gzip");
        Assert.Equal("request_too_large", answer.Expect(413).Code);
    }

    [Fact]
    public async Task Ten_bombs_at_once_take_no_more_memory_than_they_may()
    {
        var bomb = Bomb();
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => PostAsync(bomb, encoding: "gzip")));
        Assert.All(answers, answer => Assert.True((int)answer.Status is 413 or 429, answer.Text));
    }

    [Theory]
    [InlineData(5_000)]
    [InlineData(1_000_000)]
    public async Task Deep_nesting_is_refused(int depth)
    {
        var nested = Good.Replace("\"id\":\"u\"", $"\"id\":\"u\",\"x\":{string.Concat(Enumerable.Repeat("[", depth))}{new string(']', depth)}", StringComparison.Ordinal);
        var answer = await PostAsync(Encoding.UTF8.GetBytes(nested));
        Assert.True(answer.Expect((int)answer.Status).Code is "too_deep" or "too_large" or "invalid_json", answer.Text);
        Assert.True((int)answer.Status is 400 or 413, answer.Text);
    }

    [Fact]
    public async Task One_event_too_many_is_refused_and_none_is_stored()
    {
        var before = await Sluice.Client.SizeAsync();
        var lines = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(Good + "\n", 10_001)));
        Assert.Equal("request_too_large", (await Sluice.Client.PostLinesAsync(lines)).Expect(413).Code);
        var array = Encoding.UTF8.GetBytes($"[{string.Join(',', Enumerable.Repeat(Good, 10_001))}]");
        Assert.Equal("request_too_large", (await PostAsync(array)).Expect(413).Code);
        Assert.Equal(before, await Sluice.Client.SizeAsync());
    }

    [Fact]
    public async Task Bytes_that_are_no_text_are_refused()
    {
        Assert.Equal("invalid_json", (await PostAsync(new byte[1_000])).Expect(400).Code);
        Assert.Equal("invalid_json", (await PostAsync([.. "{\"action\":\""u8, 0xC3, 0x28, .. "\"}"u8])).Expect(400).Code);
        Assert.Equal("invalid_string", (await PostAsync(Encoding.UTF8.GetBytes(Good.Replace("\"u\"", "\"u\\u0000\"", StringComparison.Ordinal)))).Expect(400).Code);
        Assert.Equal("invalid_string", (await PostAsync(Encoding.UTF8.GetBytes(Good.Replace("\"u\"", "\"\\ud800\"", StringComparison.Ordinal)))).Expect(400).Code);
    }

    [Fact]
    public async Task An_encoding_that_is_not_read_here_is_refused()
    {
        foreach (var encoding in new[] { "br", "deflate", "zstd", "gzip, gzip", "nonsense" })
            (await PostAsync(Encoding.UTF8.GetBytes(Good), encoding: encoding)).Expect(415);
    }

    [Fact]
    public async Task Gzip_that_is_cut_short_or_none_is_refused()
    {
        var packed = Gzip(Encoding.UTF8.GetBytes(Good));
        Assert.Equal("invalid_gzip", (await PostAsync(packed[..(packed.Length / 2)], encoding: "gzip")).Expect(400).Code);
        Assert.Equal("invalid_gzip", (await PostAsync(Encoding.UTF8.GetBytes(Good), encoding: "gzip")).Expect(400).Code);
        Assert.Equal("empty", (await PostAsync([], encoding: "gzip")).Expect(400).Code);
    }

    [Fact]
    public async Task Headers_without_end_are_refused()
    {
        using var large = await RawConnection.OpenAsync(Sluice.Address);
        await large.SendAsync($"POST {Path} HTTP/1.1\r\nHost: x\r\nX-Large: {new string('a', 200_000)}\r\n\r\n");
        Assert.Equal(431, await large.StatusAsync(Patience));

        using var many = await RawConnection.OpenAsync(Sluice.Address);
        await many.SendAsync($"POST {Path} HTTP/1.1\r\nHost: x\r\n{string.Concat(Enumerable.Range(0, 2_000).Select(i => $"X-{i}: a\r\n"))}\r\n");
        Assert.Equal(431, await many.StatusAsync(Patience));

        using var line = await RawConnection.OpenAsync(Sluice.Address);
        await line.SendAsync($"GET {Path}?filter={new string('a', 100_000)} HTTP/1.1\r\nHost: x\r\n\r\n");
        Assert.Equal(414, await line.StatusAsync(Patience));
    }

    [Theory]
    [InlineData("Content-Length: -1\r\n")]
    [InlineData("Content-Length: 5\r\nContent-Length: 6\r\n")]
    [InlineData("Transfer-Encoding: gzip\r\n")]
    [InlineData("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "zz\r\n")]
    public async Task A_body_whose_length_is_a_riddle_is_refused(string header, string body = "")
    {
        using var connection = await StartPostAsync(header);
        await connection.TrySendAsync(Encoding.ASCII.GetBytes(body));
        Assert.True(await connection.StatusAsync(Patience) is (>= 400 and < 500) or 501);
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        (await Sluice.Client.PostEventAsync(Good)).Expect(200);
        var memory = Sluice.Memory;
        output.WriteLine($"Memory: {memory.Now} MiB now, {memory.Most} MiB at most");
        Assert.InRange(memory.Most, 1, MemoryBound);
    }

    private async Task<RawConnection> StartPostAsync(string headers)
    {
        var connection = await RawConnection.OpenAsync(Sluice.Address);
        await connection.SendAsync($"POST {Path} HTTP/1.1\r\nHost: x\r\nX-API-Key: {SluiceProcess.AdminKey}\r\nContent-Type: application/json\r\n{headers}\r\n");
        return connection;
    }

    private Task<Answer> PostAsync(byte[] body, string? encoding = null)
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        if (encoding is not null) content.Headers.TryAddWithoutValidation("Content-Encoding", encoding);
        return Sluice.Client.SendAsync(new HttpRequestMessage(HttpMethod.Post, Path) { Content = content });
    }

    private static byte[] Bomb()
    {
        var block = new byte[1 << 20];
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            for (var i = 0; i < 1_024; i++) gzip.Write(block);
        }

        return packed.ToArray();
    }

    private static byte[] Gzip(byte[] body)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest)) gzip.Write(body);
        return packed.ToArray();
    }

    public sealed class Server : IAsyncLifetime
    {
        private readonly DataFolder _folder = new();

        internal SluiceProcess Process { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Process = await SluiceProcess.StartAsync(_folder.Path);

        public async ValueTask DisposeAsync()
        {
            await Process.DisposeAsync();
            _folder.Dispose();
        }
    }
}
