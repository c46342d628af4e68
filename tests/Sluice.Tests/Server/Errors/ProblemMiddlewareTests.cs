using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Sluice.Server.Errors;
using Sluice.Storage;

namespace Sluice.Tests.Server.Errors;

public sealed class ProblemMiddlewareTests
{
    private static readonly Dictionary<string, Exception> Failures = new()
    {
        ["problem"] = new ApiProblem(400, "invalid_filter", "No such field.") { Field = "filter", Column = 7, Members = new Dictionary<string, object?> { ["expected"] = new[] { "a", "b" } } },
        ["busy"] = new ApiProblem(429, "busy", "Later.") { RetryAfter = TimeSpan.FromMilliseconds(1_200) },
        ["too-large"] = new BadHttpRequestException("Request body too large.", 413),
        ["slow"] = new BadHttpRequestException("Too slow.", 408),
        ["bad"] = new BadHttpRequestException("Bad chunk.", 400),
        ["full"] = new StorageFullException("sluice.db: disk full at /secret/path"),
        ["storage"] = new StorageUnavailableException("sluice.db: busy at /secret/path"),
        ["corrupt"] = new StorageCorruptException("sluice.db is malformed at /secret/path"),
        ["unexpected"] = new InvalidOperationException("password=hunter2"),
        ["cancelled"] = new OperationCanceledException(),
    };

    [Theory]
    [InlineData("problem", 400, "invalid_filter", null)]
    [InlineData("busy", 429, "busy", "2")]
    [InlineData("too-large", 413, "request_too_large", null)]
    [InlineData("slow", 408, "request_timeout", null)]
    [InlineData("bad", 400, "bad_request", null)]
    [InlineData("full", 507, "disk_full", "30")]
    [InlineData("storage", 503, "unavailable", "5")]
    [InlineData("corrupt", 500, "internal", null)]
    [InlineData("unexpected", 500, "internal", null)]
    [InlineData("cancelled", 500, "internal", null)]
    public async Task Every_failure_is_an_answer_with_a_code_and_no_secrets(string failure, int status, string code, string? retryAfter)
    {
        await using var server = await StartAsync();

        var answer = await server.CallAsync("GET", $"/fail/{failure}");

        answer.IsProblem(status, code);
        Assert.Equal(retryAfter, answer.Headers.GetValueOrDefault("Retry-After"));
        Assert.DoesNotContain("hunter2", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("/secret/path", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_problem_shows_all_its_members()
    {
        await using var server = await StartAsync();

        var answer = await server.CallAsync("GET", "/fail/problem");

        Assert.Equal(("filter", "7", """["a","b"]"""), (answer["field"], answer["column"], answer["expected"]));
        Assert.Equal("Bad Request", answer["title"]);
    }

    [Theory]
    [InlineData("GET", "/nowhere", 404, "not_found")]
    [InlineData("PATCH", "/v1/access/keys", 405, "method_not_allowed")]
    [InlineData("DELETE", "/healthz", 405, "method_not_allowed")]
    public async Task What_the_framework_refuses_is_a_problem_too(string method, string path, int status, string code)
    {
        await using var server = await StartAsync();

        (await server.CallAsync(method, path)).IsProblem(status, code);
    }

    [Fact]
    public async Task A_body_is_read_as_json_whatever_its_content_type_says()
    {
        await using var server = await StartAsync();

        (await server.CallAsync("POST", "/v1/access/keys", body: "{}", headers: ("Content-Type", "text/xml"))).IsProblem(400, "missing_field", "name");
    }

    [Theory]
    [InlineData("my-request.1", true)]
    [InlineData("two words", false)]
    [InlineData("<script>", false)]
    public async Task A_callers_request_id_is_kept_when_it_is_harmless(string id, bool kept)
    {
        await using var server = await StartAsync();

        var answer = await server.CallAsync("GET", "/healthz", headers: ("X-Request-Id", id));

        Assert.Equal(kept, answer.Headers["X-Request-Id"] == id);
        Assert.NotEmpty(answer.Headers["X-Request-Id"]);
    }

    [Fact]
    public async Task An_answer_that_had_begun_is_broken_off_and_never_ends_cleanly()
    {
        await using var server = await StartAsync();

        await Assert.ThrowsAnyAsync<Exception>(() => server.CallAsync("GET", "/begin-then-fail"));
    }

    private static Task<RunningServer> StartAsync() => RunningServer.StartAsync(more: app =>
    {
        app.MapGet("/fail/{failure}", (string failure) => { throw Failures[failure]; });
        app.MapGet("/begin-then-fail", async (HttpContext context) =>
        {
            await context.Response.WriteAsync("half of it");
            await context.Response.Body.FlushAsync();
            throw new InvalidOperationException();
        });
    });
}
