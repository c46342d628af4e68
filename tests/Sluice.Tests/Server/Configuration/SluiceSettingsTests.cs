using Microsoft.Extensions.Configuration;
using Sluice.Server.Configuration;

namespace Sluice.Tests.Server.Configuration;

public sealed class SluiceSettingsTests
{
    [Fact]
    public void Nothing_set_means_the_defaults()
    {
        var settings = From();

        Assert.Equal(Path.GetFullPath("data"), settings.Data);
        Assert.Equal(Path.GetFullPath("data/keys"), settings.KeyFile);
        Assert.Equal("http://127.0.0.1:7600", settings.Urls);
        Assert.Equal((false, false, TimeSpan.FromHours(24)), (settings.Delivery.AllowPrivateEndpoints, settings.Delivery.AllowPlainHttp, settings.Delivery.GiveUpAfter));
        Assert.Equal((64L << 20, 256L << 20), (settings.Ingest.MaxQueuedBytes, settings.Ingest.MaxBufferedBytes));
        Assert.Null(settings.AdminKey);
    }

    [Theory]
    [InlineData("Store", "postgres://audit@db", "Host=db.example.com;Database=sluice")]
    [InlineData("Store", "Database=sluice", "Host=db.example.com;Database=sluice")]
    [InlineData("Node:Name", "no spaces", "letters, digits")]
    [InlineData("Secrets:Key", "c2hvcnQ=", "openssl rand -base64 32")]
    [InlineData("Ledger:Origin", "with space", "audit.example.com/main")]
    [InlineData("Ledger:Origin", "with+plus", "without spaces and '+'")]
    [InlineData("Delivery:AllowPrivateEndpoints", "yes", "true or false")]
    [InlineData("Delivery:AllowPlainHttp", "1", "true or false")]
    [InlineData("Delivery:AllowedNetworks", "10.0.0.0/33", "CIDR")]
    [InlineData("Delivery:AllowedNetworks:0", "internal", "CIDR")]
    [InlineData("Delivery:GiveUpAfter", "24", "unit")]
    [InlineData("Delivery:GiveUpAfter", "91d", "1s to 90d")]
    [InlineData("Delivery:GiveUpAfter", "-1h", "unit")]
    [InlineData("Delivery:FillFor", "2h", "0s to 1h")]
    [InlineData("Delivery:GiveUpAfter", "999999999999999d", "unit")]
    [InlineData("Ingest:MaxQueuedBytes", "1KiB", "1MiB to 16GiB")]
    [InlineData("Ingest:MaxQueuedBytes", "64 megabytes", "MiB")]
    [InlineData("Ingest:MaxBufferedBytes", "64MiB", "65MiB to 64GiB")]
    [InlineData("Ingest:MaxBufferedBytes", "9223372036854775807GiB", "MiB")]
    [InlineData("TrustedProxies", "proxy.example", "CIDR")]
    [InlineData("Alerts:Webhook", "alerts.example.com", "https://alerts.example.com/sluice")]
    [InlineData("Alerts:Webhook", "ftp://alerts.example.com", "https:// or http://")]
    [InlineData("Alerts:Secret", "whsec_not base64", "openssl rand -hex 32")]
    [InlineData("Alerts:Secret", "long-enough", "Sluice:Alerts:Webhook")]
    [InlineData("Alerts:After", "9s", "10s to 7d")]
    public void A_wrong_value_names_the_setting_and_the_fix(string name, string value, string fix)
    {
        var error = Assert.Throws<SettingException>(() => From(($"Sluice:{name}", value)));

        Assert.StartsWith($"Setting Sluice:{name.Replace(":0", "", StringComparison.Ordinal)}: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(fix, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Theory]
    [InlineData("Delivery:GiveUpAfte", "Sluice:Delivery:GiveUpAfter")]
    [InlineData("Dta", "Sluice:Data")]
    [InlineData("Secret:KeyFile", "Sluice:Secrets:KeyFile")]
    [InlineData("TrustedProxies:first", "Sluice:TrustedProxies")]
    public void An_unknown_name_is_refused_with_the_nearest_known_one(string name, string nearest)
    {
        var error = Assert.Throws<SettingException>(() => From(($"Sluice:{name}", "x")));

        Assert.Contains($"Sluice:{name}", error.Message, StringComparison.Ordinal);
        Assert.EndsWith($"Did you mean {nearest}?", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("90s", 90)]
    [InlineData("1.5h", 5400)]
    [InlineData("500ms", 0.5)]
    [InlineData("2 D", 172_800)]
    [InlineData("1.02:00:00", 93_600)]
    public void Durations_have_units(string text, double seconds)
    {
        Assert.True(DurationText.TryParse(text, out var duration));
        Assert.Equal(seconds, duration.TotalSeconds);
    }

    [Fact]
    public void Networks_may_be_a_list_or_one_text_and_single_addresses()
    {
        var settings = From(("Sluice:Delivery:AllowedNetworks:0", "10.0.0.0/8"), ("Sluice:Delivery:AllowedNetworks:1", "fd00::/8"), ("Sluice:TrustedProxies", "10.1.2.3, ::1"));

        Assert.Equal(["10.0.0.0/8", "fd00::/8"], settings.Delivery.AllowedNetworks.Select(network => network.ToString()));
        Assert.Equal(["10.1.2.3/32", "::1/128"], settings.TrustedProxies.Select(network => network.ToString()));
    }

    [Theory]
    [InlineData("http://127.0.0.1:7600;https://[::]:7601", true)]
    [InlineData("http://*:80", true)]
    [InlineData("127.0.0.1:7600", false)]
    [InlineData("ftp://127.0.0.1", false)]
    [InlineData("http://127.0.0.1:port", false)]
    [InlineData("http://127.0.0.1:7600/base", false)]
    public void Addresses_to_listen_on_are_checked_before_anything_opens(string urls, bool usable)
    {
        var error = Record.Exception(() => From(("urls", urls)));

        Assert.Equal(usable, error is null);
        if (!usable) Assert.IsType<SettingException>(error);
    }

    [Theory]
    [InlineData("only-twenty-three-chars")]
    [InlineData("twenty-four characters with spaces")]
    public void A_weak_admin_key_stops_the_start_without_being_shown(string key)
    {
        var error = Assert.Throws<SettingException>(() => From(("SLUICE_ADMIN_KEY", key)));

        Assert.Contains("SLUICE_ADMIN_KEY", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(key, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_alerts_go_is_read_and_its_secrets_are_not_printed()
    {
        var settings = From(("Sluice:Alerts:Webhook", "https://me:hunter2@alerts.example.com/in?token=hunter3"), ("Sluice:Alerts:Secret", "hunter4"), ("Sluice:Alerts:After", "90s"));

        Assert.Equal("https://me:hunter2@alerts.example.com/in?token=hunter3", settings.Alerts.Webhook!.Address.OriginalString);
        Assert.Equal(("hunter4", TimeSpan.FromSeconds(90)), (settings.Alerts.Secret!.Reveal(), settings.Alerts.After));
        Assert.DoesNotContain("hunter", settings.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Sluice:Alerts:Webhook", "alerts.example.com?token=hunter2")]
    [InlineData("Sluice:Alerts:Secret", "whsec_hunter2")]
    public void A_wrong_alert_setting_is_not_printed(string name, string value) =>
        Assert.DoesNotContain("hunter2", Assert.Throws<SettingException>(() => From((name, value))).ToString(), StringComparison.Ordinal);

    [Fact]
    public void The_admin_key_is_not_printed_with_the_settings() =>
        Assert.DoesNotContain("a-key-of-24-characters-or-more", From(("SLUICE_ADMIN_KEY", "a-key-of-24-characters-or-more")).ToString(), StringComparison.Ordinal);

    [Theory]
    [InlineData("Sluice:Store", "Host=db;Password=hunter2")]
    [InlineData("Sluice:Secrets:Key", "aHVudGVyMmh1bnRlcjJodW50ZXIyaHVudGVyMmh1bnQ=")]
    public void A_secret_setting_is_read_and_not_printed(string name, string value)
    {
        var settings = From((name, value));

        Assert.Equal(value, (settings.Store ?? settings.Secrets.Key)!.Reveal());
        Assert.DoesNotContain(value, settings.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Sluice:Store", "Password=hunter2")]
    [InlineData("Sluice:Store", "Host=db;Port=hunter2")]
    [InlineData("Sluice:Secrets:Key", "hunter2")]
    public void A_secret_setting_that_is_refused_is_not_printed_either(string name, string value) =>
        Assert.DoesNotContain("hunter2", Assert.Throws<SettingException>(() => From((name, value))).ToString(), StringComparison.Ordinal);

    [Fact]
    public void The_master_key_is_in_a_file_or_in_the_settings_not_both() =>
        Assert.Contains("Leave one of them out", Assert.Throws<SettingException>(() =>
            From(("Sluice:Secrets:Key", Convert.ToBase64String(new byte[32])), ("Sluice:Secrets:KeyFile", "keys"))).Message, StringComparison.Ordinal);

    [Fact]
    public void A_node_is_named_after_its_machine_unless_it_is_told()
    {
        Assert.Equal(Environment.MachineName, From().NodeName);
        Assert.Equal("audit-1.eu_west", From(("Sluice:Node:Name", "audit-1.eu_west")).NodeName);
    }

    private static SluiceSettings From(params (string Name, string Value)[] settings) =>
        SluiceSettings.From(new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(setting => setting.Name, setting => (string?)setting.Value)).Build());
}
