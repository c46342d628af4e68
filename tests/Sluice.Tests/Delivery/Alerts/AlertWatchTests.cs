using Sluice.Delivery;
using Sluice.Events;
using Sluice.Streams;
using Sluice.Tests.Fakes;

namespace Sluice.Tests.Delivery.Alerts;

public sealed class AlertWatchTests
{
    [Fact]
    public async Task A_destination_that_stays_degraded_is_told_once_and_so_is_its_recovery()
    {
        await using var its = await WatchedStreams.StartAsync();
        its.Destination.Answer = _ => ScriptedDestination.Outage;
        its.Streams.Ledger.AppendMany(3);

        await its.UntilToldAsync("destination.degraded");
        await its.LookAsync();
        its.Destination.Answer = _ => ScriptedDestination.Delivered;
        await its.UntilToldAsync("destination.degraded", "destination.recovered");

        var (degraded, recovered) = (its.Channel.Taken[0].Body, its.Channel.Taken[1].Body);
        Assert.Equal((its.Id, "SOC", "scripted", "degraded"), ((string)degraded["destination_id"]!, (string)degraded["name"]!, (string)degraded["provider"]!, (string)degraded["status"]!));
        Assert.Equal("""{"class":"server","message":"It is down."}""", degraded["last_error"]!.ToJsonString());
        Assert.Equal((3, "audit.example.com/main", $"/v1/audit/siem/{its.Id}"), ((int)degraded["lag"]!["events"]!, (string)degraded["instance"]!, (string)degraded["url"]!));
        Assert.InRange(Time(degraded["at"]) - Time(degraded["since"]), 300_000_000_000, long.MaxValue);
        Assert.InRange((int)degraded["lag"]!["seconds"]!, 300, int.MaxValue);
        Assert.Equal(("active", 0), ((string)recovered["status"]!, (int)recovered["lag"]!["events"]!));
    }

    [Fact]
    public async Task What_was_told_is_not_told_again_after_a_restart()
    {
        await using var its = await WatchedStreams.StartAsync();
        its.Destination.Answer = _ => ScriptedDestination.Outage;
        its.Streams.Ledger.AppendMany(1);
        await its.UntilToldAsync("destination.degraded");

        await its.RestartAsync();
        await its.LookAsync();

        Assert.Equal(["destination.degraded"], its.Channel.Types);
    }

    [Fact]
    public async Task A_failure_is_told_with_its_gap_and_the_recovery_only_when_events_are_taken()
    {
        await using var its = await WatchedStreams.StartAsync(new DeliverySettings { AllowPrivateEndpoints = true, GiveUpAfter = TimeSpan.FromMinutes(1) });
        its.Destination.Answer = _ => ScriptedDestination.Outage;
        its.Streams.Ledger.AppendMany(2);
        await its.UntilToldAsync("destination.failed", "destination.gap");

        await its.Streams.Control.ResumeAsync(its.Id, "now", StreamHarness.Admin, default);
        await its.LookAsync();
        Assert.Equal(2, its.Channel.Taken.Count);
        its.Destination.Answer = _ => ScriptedDestination.Delivered;
        its.Streams.Ledger.AppendMany(1);
        await its.UntilToldAsync("destination.failed", "destination.gap", "destination.recovered");

        var gap = its.Channel.Taken[1].Body["gap"]!;
        Assert.Equal(("exhausted", 0, null), ((string)gap["reason"]!, (int)gap["first"]!, gap["last"]));
        Assert.Equal(3, its.Channel.Taken.Select(alert => alert.Id).Distinct().Count());
    }

    [Fact]
    public async Task Dead_letters_are_told_once_an_hour_at_most()
    {
        await using var its = await WatchedStreams.StartAsync();
        its.Streams.Ledger.AppendMany(1);
        await its.Streams.UntilCursorAsync(its.Id, 0);
        its.Destination.Answer = _ => ScriptedDestination.Refused;
        its.Streams.Ledger.AppendMany(1);
        await its.UntilToldAsync("destination.dead_letters");
        its.Streams.Ledger.AppendMany(1);
        await its.Streams.UntilCursorAsync(its.Id, 2);
        await its.LookAsync();

        Assert.Single(its.Channel.Taken);
        await its.UntilToldAsync("destination.dead_letters", "destination.dead_letters");
        Assert.Equal([1, 2], its.Channel.Taken.Select(alert => (int)alert.Body["dead_letters"]!));
        Assert.InRange(Time(its.Channel.Taken[1].Body["at"]) - Time(its.Channel.Taken[0].Body["at"]), 3_600_000_000_000, long.MaxValue);
    }

    [Fact]
    public async Task A_gap_that_its_user_opens_is_told()
    {
        await using var its = await WatchedStreams.StartAsync();
        await its.Streams.UpdateAsync(its.Id, """{"enabled":false}""");

        await its.UntilToldAsync("destination.gap");

        Assert.Equal(("disabled", "disabled"), ((string)its.Channel.Taken[0].Body["gap"]!["reason"]!, (string)its.Channel.Taken[0].Body["status"]!));
    }

    [Fact]
    public async Task An_alert_that_nobody_takes_is_tried_again_over_a_restart_under_the_same_name()
    {
        await using var its = await WatchedStreams.StartAsync();
        its.Channel.Answer = new DeliveryResult.TryLater("No channel-token here.", ErrorClass.Auth);
        await its.Streams.UpdateAsync(its.Id, """{"enabled":false}""");
        await its.Streams.UntilAsync(() => its.Channel.Calls >= 3);

        await its.RestartAsync();
        its.Channel.Answer = ScriptedDestination.Delivered;
        await its.UntilToldAsync("destination.gap");
        await its.LookAsync();

        Assert.Single(its.Channel.Taken);
        Assert.Equal(its.Channel.Taken[0].Id, (string)its.Channel.Taken[0].Body["id"]!);
        Assert.Contains(its.Streams.Logs.Lines, text => text.Contains("cannot be told now and is tried again: No *** here.", StringComparison.Ordinal));
        Assert.DoesNotContain(its.Streams.Logs.Lines, text => text.Contains("channel-token", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_alert_that_nobody_takes_for_a_day_is_logged_and_given_up()
    {
        await using var its = await WatchedStreams.StartAsync();
        its.Channel.Answer = ScriptedDestination.Outage;
        await its.Streams.UpdateAsync(its.Id, """{"enabled":false}""");
        await its.Streams.UntilAsync(() => its.Channel.Calls > 1);
        its.Streams.Time.Advance(TimeSpan.FromHours(23));
        await its.LookAsync();
        Assert.DoesNotContain(its.Streams.Logs.Lines, text => text.Contains("it is given up", StringComparison.Ordinal));
        its.Streams.Time.Advance(TimeSpan.FromHours(1));

        await its.Streams.UntilAsync(() => its.Streams.Logs.Lines.Any(text => text.Contains("it is given up", StringComparison.Ordinal) && text.Contains("destination.gap", StringComparison.Ordinal)));
        var calls = its.Channel.Calls;
        await its.LookAsync();

        Assert.Equal(calls, its.Channel.Calls);
    }

    [Fact]
    public async Task An_alert_that_is_refused_steps_aside_for_the_others_and_is_tried_again()
    {
        await using var its = await WatchedStreams.StartAsync();
        its.Channel.AnswerTo = body => (string)body["type"]! == "destination.gap" ? new DeliveryResult.Refused("No gaps, please.") : ScriptedDestination.Delivered;
        await its.Streams.UpdateAsync(its.Id, """{"enabled":false}""");
        await its.Streams.UntilAsync(() => its.Channel.Calls == 1);
        await its.Streams.UpdateAsync(its.Id, """{"enabled":true}""");
        its.Destination.Answer = _ => ScriptedDestination.Outage;
        its.Streams.Ledger.AppendMany(1);

        await its.UntilToldAsync("destination.degraded");
        its.Channel.AnswerTo = _ => ScriptedDestination.Delivered;
        await its.UntilToldAsync("destination.degraded", "destination.gap");

        Assert.Equal(3, its.Channel.Calls);
        Assert.Single(its.Streams.Logs.Lines, text => text.Contains("is refused by its receiver and is tried again in a while: No gaps, please.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_cannot_be_judged_of_one_destination_keeps_no_other_from_being_told()
    {
        await using var its = await WatchedStreams.StartAsync();
        its.LedgerOf = tenant => tenant is null ? throw new InvalidOperationException("There is no such ledger.") : its.Streams.Ledger;
        var behind = (await its.Streams.CreateAsync("""{"provider":"scripted","tenant_id":"acme"}""")).Definition.Id;
        await its.Streams.UpdateAsync(its.Id, """{"enabled":false}""");
        await its.Streams.UntilAsync(() => its.Streams.Logs.Lines.Any(text => text.Contains($"alert of destination {its.Id} cannot", StringComparison.Ordinal)));
        await its.Streams.UpdateAsync(behind, """{"enabled":false}""");

        await its.UntilToldAsync("destination.gap");

        Assert.Equal(behind, (string)its.Channel.Taken[0].Body["destination_id"]!);
        Assert.Single(its.Streams.Logs.Lines, text => text.Contains("cannot be found out", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_receiver_that_hangs_delays_no_event()
    {
        using var channel = new HangingChannel();
        await using var its = await WatchedStreams.StartAsync(channel: channel);
        await its.Streams.UpdateAsync(its.Id, """{"enabled":false}""");
        await its.Streams.UntilAsync(() => channel.IsAsked);

        await its.Streams.UpdateAsync(its.Id, """{"enabled":true}""");
        its.Streams.Ledger.AppendMany(5);

        await its.Streams.UntilCursorAsync(its.Id, 4);
    }

    [Fact]
    public async Task Of_two_that_watch_one_tells_and_the_other_goes_on_where_it_ends()
    {
        await using var its = await WatchedStreams.StartAsync();
        using var other = its.Watch(its.Channel);
        await other.StartAsync(default);
        await its.Streams.UpdateAsync(its.Id, """{"enabled":false}""");
        await its.UntilToldAsync("destination.gap");
        await its.LookAsync();

        await its.StopWatchingAsync();
        await its.Streams.UpdateAsync(its.Id, """{"enabled":true}""");
        its.Streams.Ledger.AppendMany(1);
        await its.Streams.UpdateAsync(its.Id, """{"enabled":false}""");
        await its.UntilToldAsync("destination.gap", "destination.gap");
        await other.StopAsync(default);
    }

    private static long Time(System.Text.Json.Nodes.JsonNode? text) => Timestamp.TryParse((string)text!, out var time) ? time : throw new FormatException();
}
