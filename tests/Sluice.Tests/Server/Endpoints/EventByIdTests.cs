namespace Sluice.Tests.Server.Endpoints;

public sealed class EventByIdTests
{
    [Fact]
    public async Task One_event_is_read_by_its_id()
    {
        await using var server = await QueryServer.StartAsync(3);

        var answer = await server.GetAsync("/events/e1", "t2");

        Assert.Equal((200, "e1", "1"), (answer.Status, answer["id"], answer["sequence"]));
    }

    [Theory]
    [InlineData("e1", "t1")]
    [InlineData("e7", null)]
    [InlineData("%22%20OR%20sequence%3E%3D0%20OR%20id%3D%22", null)]
    public async Task What_is_not_there_and_what_is_another_tenants_look_the_same(string id, string? tenant)
    {
        await using var server = await QueryServer.StartAsync(3);

        var answer = await server.GetAsync($"/events/{id}", tenant);

        answer.IsProblem(404, "not_found");
        Assert.Equal("There is no event with this id.", answer["detail"]);
    }

    [Fact]
    public async Task An_id_of_two_tenants_needs_to_be_told_which()
    {
        await using var server = await QueryServer.StartAsync();
        server.Add("same", "t1");
        server.Add("other", "t1");
        server.Add("same", "t2");

        (await server.GetAsync("/events/same")).IsProblem(409, "ambiguous_id", "tenant_id");
        Assert.Equal("0", (await server.GetAsync("/events/same?tenant_id=t1"))["sequence"]);
        Assert.Equal("2", (await server.GetAsync("/events/same", "t2"))["sequence"]);
        Assert.Equal("1", (await server.GetAsync("/events/other"))["sequence"]);
    }

    [Fact]
    public async Task Sluices_own_event_is_found_where_it_is_named()
    {
        await using var server = await QueryServer.StartAsync();
        server.Sluice.Add("""{"id":"s1","timestamp":"2026-03-15T08:42:17.003000000Z","tenant_id":"_sluice","action":"key.create"}""");

        (await server.GetAsync("/events/s1")).IsProblem(404, "not_found");
        Assert.Equal("s1", (await server.GetAsync("/events/s1?tenant_id=_sluice"))["id"]);
    }

    [Theory]
    [InlineData("zaita", "application/json", "{")]
    [InlineData("cef", "text/plain", "CEF:0|Sluice|Audit|1.0|a.1|a.1|3|")]
    public async Task A_profile_spells_it_as_it_does_for_destinations(string profile, string type, string begins)
    {
        await using var server = await QueryServer.StartAsync(3);

        var answer = await server.GetAsync($"/events/e1?profile={profile}", "t2");

        Assert.Equal(type, answer.ContentType);
        Assert.StartsWith(begins, answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("\"salt\"", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_profile_that_there_is_not_is_refused_with_those_that_there_are()
    {
        await using var server = await QueryServer.StartAsync(3);

        var answer = await server.GetAsync("/events/e1?profile=zeita", "t2");

        answer.IsProblem(400, "invalid_parameter", "profile");
        Assert.Contains("zaita, veza", answer["detail"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tenants_key_reads_one_of_Sluices_events_about_the_tenant()
    {
        await using var server = await QueryServer.StartAsync();
        server.Sluice.Add("""{"id":"s1","timestamp":"2026-03-15T08:42:17.003000000Z","tenant_id":"_sluice","action":"key.create","metadata":{"tenant_id":"t1"}}""");

        Assert.Equal("s1", (await server.GetAsync("/events/s1?source=sluice", "t1"))["id"]);
        (await server.GetAsync("/events/s1?source=sluice", "t2")).IsProblem(404, "not_found");
    }
}
