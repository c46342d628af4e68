using System.Text.Json;
using Sluice.Events;
using Sluice.Tests.Server.Endpoints;

namespace Sluice.Tests.Server.Dialects;

public sealed class ZitadelSearchTests
{
    private const string Day = "2026-03-15T";

    [Fact]
    public async Task An_event_has_the_shape_of_the_public_api()
    {
        await using var server = await QueryServer.StartAsync();
        server.Main.Add("""{"id":"e","timestamp":"2026-01-02T10:00:00.123456789Z","tenant_id":"1655","category":"c","action":"user.human.added","outcome":"success","service":"Management-API","actor":{"id":"1656","name":"Minnie","type":"user"},"resource":{"id":"1657","type":"user"},"metadata":{"userName":"gigi"},"salt":"AAAAAAAAAAAAAAAAAAAAAA"}""");

        Assert.Equal(
            """[{"editor":{"userId":"1656","displayName":"Minnie","service":"Management-API"},"aggregate":{"id":"1657","type":{"type":"user","localized":{"key":"AggregateTypes.user","localizedMessage":"User"}},"resourceOwner":"1655"},"sequence":"0","creationDate":"2026-01-02T10:00:00.123456Z","payload":{"userName":"gigi"},"type":{"type":"user.human.added","localized":{"key":"EventTypes.user.human.added","localizedMessage":"Person added"}}}]""",
            (await server.SearchAsync("{}")).GetRawText());
    }

    [Fact]
    public async Task What_an_event_does_not_have_is_left_out_and_its_actor_is_what_it_is_about()
    {
        await using var server = await QueryServer.StartAsync();
        server.Happened($"{Day}08:00:00.000000000Z", "door_bell.ring", null, "bell \"A\"/m1");

        Assert.Equal(
            """{"editor":{"userId":"m1"},"aggregate":{"id":"m1","type":{"type":"bell \"A\"","localized":{"key":"AggregateTypes.bell \"A\"","localizedMessage":"Bell \"A\""}},"resourceOwner":"t1"},"sequence":"0","creationDate":"2026-03-15T08:00:00.000000Z","type":{"type":"door_bell.ring","localized":{"key":"EventTypes.door_bell.ring","localizedMessage":"Door bell ring"}}}""",
            (await server.SearchAsync(""))[0].GetRawText());
    }

    [Theory]
    [InlineData("", "5 4 3 2 1 0")]
    [InlineData("{}", "5 4 3 2 1 0")]
    [InlineData("{\"asc\":true}", "0 1 2 3 4 5")]
    [InlineData("{\"asc\":true,\"limit\":2}", "0 1")]
    [InlineData("{\"limit\":\"2\"}", "5 4")]
    [InlineData("{\"limit\":0,\"asc\":null}", "5 4 3 2 1 0")]
    [InlineData("{\"sequence\":\"3\"}", "5 4")]
    [InlineData("{\"sequence\":3,\"asc\":true}", "4 5")]
    [InlineData("{\"sequence\":\"0\",\"asc\":true,\"limit\":3}", "0 1 2")]
    [InlineData("{\"sequence\":18446744073709551615}", "")]
    [InlineData("{\"editorUserId\":\"u2\"}", "3 1")]
    [InlineData("{\"editor_user_id\":\"u2\"}", "3 1")]
    [InlineData("{\"eventTypes\":[\"user.human.added\",\"project.added\"]}", "3 0")]
    [InlineData("{\"event_types\":[]}", "5 4 3 2 1 0")]
    [InlineData("{\"aggregateId\":\"p1\"}", "4 3")]
    [InlineData("{\"aggregateId\":\"u1\"}", "5 2 0")]
    [InlineData("{\"aggregateTypes\":[\"project\"]}", "4 3")]
    [InlineData("{\"aggregateTypes\":[\"user\",\"org\"]}", "2 1 0")]
    [InlineData("{\"aggregateId\":\"u1\",\"aggregateTypes\":[\"machine\",\"user\"]}", "5 2 0")]
    [InlineData("{\"aggregateId\":\"u1\",\"aggregateTypes\":[\"project\"]}", "")]
    [InlineData("{\"resourceOwner\":\"t2\"}", "1")]
    [InlineData("{\"resource_owner\":\"t3\"}", "")]
    [InlineData("{\"from\":\"2026-03-15T08:02:00Z\"}", "1 0")]
    [InlineData("{\"from\":\"2026-03-15T08:02:00Z\",\"asc\":true}", "3 4 5")]
    [InlineData("{\"creationDate\":\"2026-03-15T08:02:00Z\"}", "5 4 3 2")]
    [InlineData("{\"creation_date\":\"2026-03-15T09:02:00+01:00\",\"asc\":true}", "2 3 4 5")]
    [InlineData("{\"creation_date\":\"2026-03-15T08:05:00Z\",\"from\":\"2026-03-15T08:02:00Z\"}", "1 0")]
    [InlineData("{\"range\":{\"since\":\"2026-03-15T08:02:00Z\",\"until\":\"2026-03-15T08:04:00Z\"}}", "3 2")]
    [InlineData("{\"range\":{\"until\":\"2026-03-15T08:02:00Z\"},\"from\":\"2026-03-15T08:05:00Z\",\"asc\":true}", "0 1")]
    [InlineData("{\"range\":{},\"from\":\"2026-03-15T08:02:00Z\"}", "5 4 3 2 1 0")]
    [InlineData("{\"range\":{\"since\":\"2026-03-15T08:01:00Z\"},\"sequence\":\"1\",\"editorUserId\":\"u1\",\"eventTypes\":[\"user.human.password.changed\",\"project.added\"],\"aggregateId\":\"u1\",\"aggregateTypes\":[\"user\"],\"resourceOwner\":\"t1\",\"limit\":9,\"asc\":true}", "2")]
    [InlineData("{\"editorUserId\":\"u1\\\" OR id NE \\\"\"}", "")]
    public async Task Each_member_narrows(string body, string expected)
    {
        await using var server = await QueryServer.StartAsync();
        AddSix(server);

        Assert.Equal(expected, await server.FindAsync(body));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1_001)]
    [InlineData(uint.MaxValue)]
    public async Task A_limit_of_none_or_too_many_is_a_thousand(uint limit)
    {
        await using var server = await QueryServer.StartAsync(1_010);

        Assert.Equal(1_000, (await server.SearchAsync($"{{\"limit\":{limit}}}")).GetArrayLength());
        Assert.Equal(1_000, (await server.SearchAsync($"{{\"limit\":{limit},\"sequence\":\"0\",\"asc\":true}}")).GetArrayLength());
    }

    [Fact]
    public async Task The_hours_of_a_day_are_the_day_with_what_is_stamped_on_the_hour()
    {
        await using var server = await QueryServer.StartAsync();
        var random = new Random(7);
        for (var hour = 0; hour <= 24; hour++) AddAt(server, TimeSpan.FromHours(hour));
        for (var i = 0; i < 300; i++) AddAt(server, new TimeSpan(random.NextInt64(TimeSpan.TicksPerDay)));
        foreach (var ascending in new[] { true, false })
        {
            var hours = new List<string>();
            for (var hour = 0; hour < 24; hour++) hours.Add(await FindAsync(TimeSpan.FromHours(ascending ? hour : 23 - hour), TimeSpan.FromHours(1)));

            Assert.Equal(await FindAsync(TimeSpan.Zero, TimeSpan.FromDays(1)), string.Join(' ', hours));
            Assert.Equal(324, string.Join(' ', hours).Split(' ').Distinct().Count());

            Task<string> FindAsync(TimeSpan since, TimeSpan length) =>
                server.FindAsync($$$"""{"asc":{{{(ascending ? "true" : "false")}}},"range":{"since":"{{{At(since)}}}","until":"{{{At(since + length)}}}"}}""");
        }
    }

    [Fact]
    public async Task Who_goes_on_behind_the_last_sequence_sees_every_event_whatever_its_time()
    {
        await using var server = await QueryServer.StartAsync();
        var random = new Random(11);
        for (var i = 0; i < 60; i++) AddAt(server, new TimeSpan(random.NextInt64(TimeSpan.TicksPerDay)));

        var (seen, last) = (new List<string>(), "0");
        while (true)
        {
            var page = Zitadel.Sequences(await server.SearchAsync($$"""{"asc":true,"limit":7,"sequence":"{{last}}"}""")).ToList();
            if (page.Count == 0) break;
            if (seen.Count < 200) AddAt(server, TimeSpan.FromSeconds(seen.Count));
            seen.AddRange(page);
            last = page[^1];
        }

        Assert.Equal(Enumerable.Range(0, (int)server.Main.Size).Select(i => $"{i}"), seen);
    }

    [Fact]
    public async Task Who_goes_on_from_the_last_time_shown_sees_every_event_once()
    {
        await using var server = await QueryServer.StartAsync();
        for (var i = 0; i < 40; i++) server.Happened($"{Day}08:00:00.{(i * 37 % 40) + 10:000000}789Z", "user.login", "user/u");

        foreach (var ascending in new[] { true, false })
        {
            var (seen, body) = (new List<string>(), $$"""{"limit":7,"asc":{{(ascending ? "true" : "false")}}""");
            for (var page = await server.SearchAsync(body + "}"); page.GetArrayLength() > 0; page = await server.SearchAsync($"{body},\"from\":{page[page.GetArrayLength() - 1].GetProperty("creationDate").GetRawText()}}}"))
                seen.AddRange(Zitadel.Sequences(page));

            Assert.Equal((40, 40), (seen.Count, seen.Distinct().Count()));
        }
    }

    [Fact]
    public async Task The_guides_recipes_give_the_known_answers()
    {
        await using var server = await QueryServer.StartAsync();
        AddRecipes(server);

        // User changes since a date, newest first; when users authenticated; failed logins.
        Assert.Equal("8 7 6 5 4 3 2", await server.FindAsync("{\n\t\"asc\": false,\n\t\"limit\": 1000,\n\t\"creation_date\": \"2023-02-01T10:00:00.000000Z\",\n\t\"aggregate_types\": [\n\t\t\"user\"\n\t]\n}"));
        Assert.Equal("3 8", await server.FindAsync("{\n\t\"asc\": true,\n\t\"limit\": 1000,\n\t\"event_types\": [\n\t\t\"user.token.added\",\n\t\t\"user.refresh.token.added\"\n\t]\n}"));
        Assert.Equal("4 5 6 7", await server.FindAsync(
            "{\"asc\": true, \"limit\": 1000, \"event_types\": [\"user.human.password.check.failed\", \"user.mfa.otp.check.failed\", \"user.human.mfa.u2f.token.check.failed\", \"user.human.passwordless.token.check.failed\"]}"));
    }

    [Fact]
    public async Task A_tenants_key_sees_its_own_events_and_no_others()
    {
        await using var server = await QueryServer.StartAsync();
        AddSix(server);

        Assert.Equal("1", await server.FindAsync("{}", "t2"));
        Assert.Equal("", await server.FindAsync("{\"resourceOwner\":\"t1\"}", "t2"));
        Assert.Equal("", await server.FindAsync("{\"aggregateId\":\"p1\"}", "t2"));
        Assert.Equal("", await server.FindAsync("{\"sequence\":0,\"aggregateId\":\"p1\",\"aggregateTypes\":[\"project\"]}", "t2"));
    }

    [Fact]
    public async Task Four_hundred_types_in_one_question_are_not_too_many()
    {
        await using var server = await QueryServer.StartAsync();
        for (var i = 0; i < 400; i++) server.Happened($"{Day}08:00:00.000000000Z", $"some.quite.long.type.of.event.{i}", null);

        var types = string.Join(',', Enumerable.Range(0, 400).Select(i => $"\"some.quite.long.type.of.event.{i}\""));
        Assert.Equal(400, (await server.SearchAsync($"{{\"eventTypes\":[{types}]}}")).GetArrayLength());
    }

    private static void AddSix(QueryServer server)
    {
        server.Happened($"{Day}08:00:00.000000000Z", "user.human.added", "user/u1");
        server.Happened($"{Day}08:01:00.000000000Z", "org.added", "org/o1", "user/u2", "t2");
        server.Happened($"{Day}08:02:00.000000000Z", "user.human.password.changed", null);
        server.Happened($"{Day}08:03:00.000000000Z", "project.added", "project/p1", "user/u2");
        server.Happened($"{Day}08:04:00.000000000Z", "project.changed", "project/p1");
        server.Happened($"{Day}08:05:00.000000000Z", "machine.started", null, "machine/u1");
    }

    private static void AddRecipes(QueryServer server)
    {
        server.Happened("2023-02-01T09:59:59.999999000Z", "user.human.added", "user/early");
        server.Happened("2023-02-01T11:00:00.000000000Z", "org.added", "org/o1");
        server.Happened("2023-02-01T10:00:00.000000000Z", "user.human.profile.changed", "user/u1");
        foreach (var (minute, type) in new[] { "user.token.added", "user.human.password.check.failed", "user.mfa.otp.check.failed", "user.human.mfa.u2f.token.check.failed", "user.human.passwordless.token.check.failed", "user.refresh.token.added" }.Index())
            server.Happened($"2023-02-01T10:{minute + 1:00}:00.000000000Z", type, "user/u1");
    }

    private static void AddAt(QueryServer server, TimeSpan ofDay) => server.Happened(At(ofDay), "user.login", "user/u");

    private static string At(TimeSpan ofDay) => Timestamp.Text(new DateTimeOffset(2026, 3, 15, 0, 0, 0, TimeSpan.Zero).Add(ofDay).ToUnixTimeMilliseconds() * 1_000_000);
}
