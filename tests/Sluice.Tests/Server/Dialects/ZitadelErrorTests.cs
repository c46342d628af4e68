using Sluice.Storage;
using Sluice.Tenants;
using Sluice.Tests.Server.Endpoints;

namespace Sluice.Tests.Server.Dialects;

public sealed class ZitadelErrorTests
{
    [Fact]
    public async Task Whatever_refuses_a_call_is_spelled_as_zitadel_does()
    {
        await using var server = await RunningServer.StartAsync();

        (await server.CallAsync("POST", Zitadel.Events, key: null)).IsZitadelError(401, 16, "access key");
        (await server.CallAsync("POST", Zitadel.Events, key: "wrong")).IsZitadelError(401, 16, "not known");
        foreach (var path in new[] { Zitadel.Events, Zitadel.EventTypes, Zitadel.AggregateTypes })
        {
            foreach (var role in new[] { Role.Writer, Role.Operator })
            {
                (await server.CallAsync("POST", path, server.Key(role))).IsZitadelError(403, 7, "This needs a key with the role reader, auditor or admin");
                (await server.CallAsync("POST", path, server.Key(role, "t1"))).IsZitadelError(403, 7, "This needs a key");
            }

            foreach (var role in new[] { Role.Reader, Role.Auditor, Role.Admin })
            {
                Assert.Equal(200, (await server.CallAsync("POST", path, server.Key(role))).Status);
                Assert.Equal(200, (await server.CallAsync("POST", path, server.Key(role, "t1"))).Status);
            }
        }

        (await server.CallAsync("POST", "/admin/v1/orgs/_search")).IsZitadelError(404, 5, "/admin/v1/orgs/_search");
        (await server.CallAsync("GET", Zitadel.Events)).IsZitadelError(405, 12, "GET");
    }

    [Theory]
    [InlineData("{", "not valid JSON")]
    [InlineData("[]", "must be a JSON object")]
    [InlineData("{\"event_type\":[]}", "'event_type' is not a member here")]
    [InlineData("{\"limit\":-1}", "'limit' must be a whole number")]
    [InlineData("{\"limit\":1.5}", "'limit' must be a whole number")]
    [InlineData("{\"limit\":4294967296}", "'limit' must be a whole number")]
    [InlineData("{\"limit\":{}}", "'limit' must be a whole number")]
    [InlineData("{\"sequence\":\"x\"}", "'sequence' must be a whole number")]
    [InlineData("{\"asc\":\"true\"}", "'asc' must be true or false")]
    [InlineData("{\"editorUserId\":7}", "'editorUserId' must be a string")]
    [InlineData("{\"eventTypes\":\"user.login\"}", "'eventTypes' must be a list")]
    [InlineData("{\"eventTypes\":[7]}", "'eventTypes[0]' must be a string")]
    [InlineData("{\"eventTypes\":[\"user.login\",\"\"]}", "'eventTypes[1]' must not be empty")]
    [InlineData("{\"eventTypes\":[null]}", "'eventTypes[0]' must be a string")]
    [InlineData("{\"from\":\"yesterday\"}", "'from' must be a time")]
    [InlineData("{\"range\":\"today\"}", "'range' must be an object")]
    [InlineData("{\"range\":{\"since\":1}}", "'range.since' must be a string")]
    [InlineData("{\"range\":{\"from\":\"2026-03-15T08:00:00Z\"}}", "'range.from' is not a member here; there are since, until")]
    [InlineData("{\"event_types\":[],\"eventTypes\":[]}", "appears twice")]
    [InlineData("{\"editorUserId\":\"\\ud800\"}", "surrogate")]
    public async Task A_wrong_member_is_refused_by_name(string body, string message)
    {
        await using var server = await QueryServer.StartAsync(1);

        (await server.PostAsync(Zitadel.Events, body)).IsZitadelError(400, 3, message);
    }

    [Fact]
    public async Task What_is_too_long_is_refused()
    {
        await using var server = await QueryServer.StartAsync(1);

        (await server.PostAsync(Zitadel.Events, $$"""{"aggregateId":"{{new string('x', 1_201)}}"}""")).IsZitadelError(400, 3, "'aggregateId' is too long");
        (await server.PostAsync(Zitadel.Events, $$"""{"aggregateTypes":[{{string.Join(',', Enumerable.Range(0, 501).Select(i => $"\"t{i}\""))}}]}""")).IsZitadelError(400, 3, "may have 500 elements at most");
    }

    [Fact]
    public async Task A_store_that_is_away_is_told()
    {
        await using var server = await QueryServer.StartAsync(4);
        server.Main.Failure = new StorageUnavailableException("The database is away.");

        var away = await server.PostAsync(Zitadel.Events, "{}");
        away.IsZitadelError(503, 14, "cannot serve");
        Assert.Equal("5", away.Headers["Retry-After"]);
    }
}
