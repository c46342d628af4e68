using System.Text.Json;
using Sluice.Events;
using Sluice.Server.Dialects.Zitadel;
using Sluice.Tests.Server.Endpoints;

namespace Sluice.Tests.Server.Dialects;

public sealed class ZitadelTypeTests
{
    private const string Time = "2026-03-15T08:00:00.000000000Z";

    [Theory]
    [InlineData(null, "Password check failed", "User")]
    [InlineData("de", "Passwortprüfung fehlgeschlagen", "Benutzer")]
    [InlineData("de-CH,en;q=0.8", "Passwortprüfung fehlgeschlagen", "Benutzer")]
    [InlineData("fr, en;q=0.8, de;q=0.9", "Passwortprüfung fehlgeschlagen", "Benutzer")]
    [InlineData("en-GB, de;q=0.9", "Password check failed", "User")]
    [InlineData("de;q=0, *", "Password check failed", "User")]
    [InlineData("ja", "Password check failed", "User")]
    [InlineData("\u0001;;=", "Password check failed", "User")]
    public async Task Labels_are_in_the_language_that_is_liked_best(string? wanted, string eventLabel, string aggregateLabel)
    {
        await using var server = await QueryServer.StartAsync();
        server.Happened(Time, "user.human.password.check.failed", "user/u1");

        var events = await server.PostAsync(Zitadel.EventTypes, "{}", language: wanted);
        var aggregates = await server.PostAsync(Zitadel.AggregateTypes, "", language: wanted);
        var found = (await server.SearchAsync("{}", language: wanted))[0];

        Assert.Equal("Accept-Language", events.Headers["Vary"]);
        Assert.Contains($$$"""{"type":"user.human.password.check.failed","localized":{"key":"EventTypes.user.human.password.check.failed","localizedMessage":"{{{eventLabel}}}"}}""", events.Text, StringComparison.Ordinal);
        Assert.Contains($$$"""{"type":"user","localized":{"key":"AggregateTypes.user","localizedMessage":"{{{aggregateLabel}}}"}}""", aggregates.Text, StringComparison.Ordinal);
        Assert.Equal((eventLabel, aggregateLabel), (Label(found.GetProperty("type")), Label(found.GetProperty("aggregate").GetProperty("type"))));
    }

    [Fact]
    public async Task Every_type_ever_written_is_listed_once_also_those_that_came_since_the_last_question()
    {
        await using var server = await QueryServer.StartAsync();
        server.Happened(Time, "user.login", "door/d1");
        Assert.DoesNotContain("coffee.brew", await TypesAsync(server, Zitadel.EventTypes));
        server.Happened(Time, "coffee.brew", "machine \"1\"/m1");
        server.Happened(Time, "coffee.brew", null, "robot/r");

        var (events, aggregates) = (await TypesAsync(server, Zitadel.EventTypes), await TypesAsync(server, Zitadel.AggregateTypes));
        Assert.Equal(events.Order(StringComparer.Ordinal).Distinct(), events);
        Assert.Equal(aggregates.Order(StringComparer.Ordinal).Distinct(), aggregates);
        Assert.Empty(ActionCatalogue.ByCategory.Values.SelectMany(actions => actions).Append("coffee.brew").Except(events));
        Assert.Empty(new[] { "door", "machine \"1\"", "robot", "user", "org", "project" }.Except(aggregates));
    }

    [Fact]
    public void Every_type_of_the_catalogue_has_a_label_in_each_language()
    {
        foreach (var type in ActionCatalogue.ByCategory.Values.SelectMany(actions => actions).Concat(ZitadelLabels.EventTypes).Concat(ZitadelLabels.AggregateTypes))
        {
            Assert.NotEmpty(ZitadelLabels.English.Of(type));
            Assert.NotEmpty(ZitadelLabels.German.Of(type));
        }

        Assert.Empty(ActionCatalogue.ByCategory.Values.SelectMany(actions => actions).Except(ZitadelLabels.EventTypes));
        Assert.Equal(ZitadelLabels.EventTypes.Distinct(), ZitadelLabels.EventTypes);
        Assert.Equal("Certificate issued Zertifikat ausgestellt", $"{ZitadelLabels.English.Of("certificate.issue")} {ZitadelLabels.German.Of("certificate.issue")}");
    }

    [Fact]
    public async Task A_type_that_nothing_knows_is_an_error_and_one_that_only_the_ledger_knows_is_none()
    {
        await using var server = await QueryServer.StartAsync();
        server.Happened(Time, "coffee.brew", "kettle/k1");

        Assert.Equal("0", await server.FindAsync("""{"eventTypes":["coffee.brew"],"aggregateTypes":["kettle"]}"""));
        Assert.Equal("", await server.FindAsync("""{"eventTypes":["user.token.added"],"aggregateTypes":["oidc_session"]}"""));
        var (noEvent, noAggregate) = (await server.PostAsync(Zitadel.Events, """{"eventTypes":["coffee.brew","cofee.brew"]}"""), await server.PostAsync(Zitadel.Events, """{"aggregate_types":["user","ketle"]}"""));

        noEvent.IsZitadelError(400, 3, "'eventTypes[1]' is cofee.brew, which is in no event and in no catalogue");
        noAggregate.IsZitadelError(400, 3, "'aggregateTypes[1]' is ketle");
        Assert.Equal("unknown_type", noEvent.Json.GetProperty("details")[0].GetProperty("id").GetString());
    }

    [Fact]
    public async Task Another_tenants_types_are_as_unknown_as_those_of_nobody()
    {
        await using var server = await QueryServer.StartAsync();
        server.Happened(Time, "coffee.brew", "kettle/k1", tenant: "t1");

        Assert.DoesNotContain("coffee.brew", await TypesAsync(server, Zitadel.EventTypes, "t2"));
        Assert.DoesNotContain("kettle", await TypesAsync(server, Zitadel.AggregateTypes, "t2"));
        (await server.PostAsync(Zitadel.Events, """{"eventTypes":["coffee.brew"]}""", "t2")).IsZitadelError(400, 3, "coffee.brew");
        (await server.PostAsync(Zitadel.Events, """{"aggregateTypes":["kettle"]}""", "t2")).IsZitadelError(400, 3, "kettle");
        Assert.Contains("coffee.brew", await TypesAsync(server, Zitadel.EventTypes, "t1"));
    }

    [Fact]
    public async Task Types_of_events_that_retention_took_do_no_harm()
    {
        await using var server = await QueryServer.StartAsync();
        for (var i = 0; i < 10; i++) server.Happened(Time, $"step.{i}", "door/d");
        server.Main.DropBefore(5);

        Assert.Equal(["step.5", "step.6", "step.7", "step.8", "step.9"], (await TypesAsync(server, Zitadel.EventTypes)).Where(type => type.StartsWith("step", StringComparison.Ordinal)));
        server.Main.DropBefore(10);
        server.Happened(Time, "step.10", "door/d");
        Assert.Contains("step.10", await TypesAsync(server, Zitadel.EventTypes));
    }

    private static async Task<List<string>> TypesAsync(QueryServer server, string path, string? tenant = null)
    {
        var answer = await server.PostAsync(path, "", tenant);
        Assert.True(answer.Status == 200, answer.Text);
        return [.. answer.Json.EnumerateObject().Single().Value.EnumerateArray().Select(type => type.GetProperty("type").GetString()!)];
    }

    private static string? Label(JsonElement type) => type.GetProperty("localized").GetProperty("localizedMessage").GetString();
}
