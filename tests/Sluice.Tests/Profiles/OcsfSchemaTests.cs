using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;

namespace Sluice.Tests.Profiles;

/// <summary>Profile <c>ocsf</c> against the published attributes of its classes and objects.</summary>
public sealed class OcsfSchemaTests
{
    private static readonly OcsfSchema Schema = OcsfSchema.Read();

    [Fact]
    public void Every_event_is_valid_in_its_class() =>
        Prop.ForAll(SomeEvents.Any().ToArbitrary(), sent => Check(sent)).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Fact]
    public void So_are_the_telling_events() => Assert.All(Telling.All.Values, Check);

    [Theory]
    [InlineData("user.login", "", 3002, 1)]
    [InlineData("user.logout", "", 3002, 2)]
    [InlineData("session.expire", "", 3002, 2)]
    [InlineData("sso.assertion", "", 3002, 1)]
    [InlineData("certificate.issue", ",\"resource\":{\"id\":\"c\"}", 3004, 1)]
    [InlineData("certificate.revoke", ",\"resource\":{\"id\":\"c\"}", 3004, 4)]
    [InlineData("user.deactivate", ",\"resource\":{\"id\":\"u\"}", 3004, 11)]
    [InlineData("iam.create_user", ",\"api_call\":{\"method\":\"POST\"},\"resource\":{\"id\":\"u\"}", 6003, 1)]
    [InlineData("role.assign", ",\"api_call\":{\"method\":\"POST\"}", 6003, 3)]
    [InlineData("access.anomaly", "", 6003, 99)]
    public void A_class_is_chosen_by_what_happened(string action, string members, int type, int activity)
    {
        using var document = JsonDocument.Parse(Telling.Spelled("ocsf", Telling.Stored($$"""{"action":"{{action}}","outcome":"success","actor":{"type":"user","id":"u"}{{members}}}""")));

        var spelled = document.RootElement;
        Assert.Equal((type, activity, type * 100 + activity), (spelled.GetProperty("class_uid").GetInt32(), spelled.GetProperty("activity_id").GetInt32(), spelled.GetProperty("type_uid").GetInt32()));
    }

    private static void Check(string sent)
    {
        using var document = JsonDocument.Parse(Telling.Spelled("ocsf", Telling.Stored(sent)));
        Schema.CheckEvent(document.RootElement);
    }
}
