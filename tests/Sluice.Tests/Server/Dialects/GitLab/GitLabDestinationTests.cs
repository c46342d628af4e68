using System.Text.Json.Nodes;
using Sluice.Tests.Fakes;

namespace Sluice.Tests.Server.Dialects.GitLab;

/// <summary>Destinations as GitLab's clients make, list, change and delete them: the rows of <c>/v1/audit/siem</c>.</summary>
public sealed class GitLabDestinationTests(GitLabServer gitlab) : IClassFixture<GitLabServer>
{
    private const string Legacy = "instanceExternalAuditEventDestination";

    [Fact]
    public async Task GL_41_An_http_destination_of_the_instance_lives()
    {
        var made = (await gitlab.MutateAsync($"{Legacy}Create", new { destinationUrl = "https://a.example/in", name = "lives", clientMutationId = "c1" }, $"clientMutationId {Legacy} {{ id name destinationUrl verificationToken eventTypeFilters active headers {{ nodes {{ key }} }} }}"));
        var one = made[Legacy]!;
        var row = (await gitlab.RowAsync("lives"))!;
        Assert.Equal(("c1", "https://a.example/in", true, "[]"), ((string?)made["clientMutationId"], (string?)one["destinationUrl"], (bool)one["active"]!, GitLabServer.Json(one["eventTypeFilters"])));
        Assert.Equal(("http", "gitlab", null, (string?)one["verificationToken"]), ((string?)row["provider"], (string?)row["profile"], (string?)row["tenant_id"], (string?)row["verification_token"]));

        var changed = await gitlab.MutateAsync($"{Legacy}Update", new { id = one["id"], destinationUrl = "https://b.example/in", name = "lives on", active = false }, $"{Legacy} {{ id name destinationUrl active verificationToken }}");
        Assert.Equal(GitLabServer.Json(new JsonObject { ["id"] = (string?)one["id"], ["name"] = "lives on", ["destinationUrl"] = "https://b.example/in", ["active"] = false, ["verificationToken"] = (string?)one["verificationToken"] }), GitLabServer.Json(changed[Legacy]));
        Assert.False((bool)(await gitlab.RowAsync("lives on"))!["enabled"]!);

        Assert.Empty((await gitlab.MutateAsync($"{Legacy}Destroy", new { id = one["id"] }))["errors"]!.AsArray());
        Assert.Null(await gitlab.RowAsync("lives on"));
        Assert.Contains("does not exist or you don't have permission", await gitlab.ErrorAsync($"mutation ($id: AuditEventsInstanceExternalAuditEventDestinationID!) {{ {Legacy}Destroy(input: {{id: $id}}) {{ errors }} }}", new { id = one["id"] }));
    }

    [Theory]
    [InlineData("http", """{"url":"https://c.example/in","headers":{"X-A":{"value":"1","active":true},"X-B":{"value":"2"}}}""", "a-secret-of-24-letters-x", "http")]
    [InlineData("gcp", """{"googleProjectIdName":"my-project","clientEmail":"writer@p.iam.gserviceaccount.com"}""", "PEM", "google_cloud_logging")]
    [InlineData("aws", """{"accessKeyXid":"AKIAIOSFODNN7EXAMPLE","bucketName":"my-bucket","awsRegion":"eu-central-1"}""", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "s3")]
    public async Task GL_41_A_destination_of_any_category_lives_in_both_scopes(string category, string config, string secretToken, string provider)
    {
        if (secretToken == "PEM") secretToken = ServiceAccount.Pem;
        foreach (var (prefix, groupPath) in new[] { ("instance", null), ("group", "acme") })
        {
            var name = $"{prefix} {category}";
            var mutation = $"{prefix}AuditEventStreamingDestinations";
            var token = category == "http" && groupPath is not null ? secretToken.ToUpperInvariant() : secretToken;
            var input = new JsonObject { ["category"] = category, ["config"] = JsonNode.Parse(config), ["name"] = name, ["secretToken"] = token };
            if (groupPath is not null) input["groupPath"] = groupPath;
            var made = (await gitlab.MutateAsync($"{mutation}Create", input, "externalAuditEventDestination { __typename id name category config active secretToken eventTypeFilters namespaceFilters { id } }"))["externalAuditEventDestination"]!;
            var row = (await gitlab.RowAsync(name))!;

            Assert.Equal((category, provider, "gitlab", groupPath), ((string?)made["category"], (string?)row["provider"], (string?)row["profile"], (string?)row["tenant_id"]));
            Assert.Equal(groupPath is not null, (bool)row["include_children"]!);
            Assert.Equal(category == "http" ? token : "", (string?)made["secretToken"]);
            Assert.Equal(Shown(config), GitLabServer.Json(made["config"]));
            if (category == "aws") Assert.Equal("gitlab", (string?)row["layout"]);

            Assert.Equal("", await gitlab.RefusalAsync($"{mutation}Update", new { id = made["id"], name = name + "!", active = false }));
            Assert.Equal("", await gitlab.RefusalAsync($"{mutation}Update", new { id = made["id"], config = made["config"]!.DeepClone() }));
            Assert.False((bool)(await gitlab.RowAsync(name + "!"))!["enabled"]!);
            Assert.Empty((await gitlab.MutateAsync($"{mutation}Delete", new { id = made["id"] }))["errors"]!.AsArray());
            Assert.Null(await gitlab.RowAsync(name + "!"));
        }
    }

    [Fact]
    public async Task A_stream_has_two_ids_and_stands_in_both_lists()
    {
        var id = await gitlab.NewHttpAsync("twin");
        var number = id[(id.LastIndexOf('/') + 1)..];
        var data = await gitlab.DataAsync("{ auditEventsInstanceStreamingDestinations { nodes { id name config } } instanceExternalAuditEventDestinations { nodes { id name } } }");

        Assert.Contains($"gid://gitlab/AuditEvents::Instance::ExternalStreamingDestination/{number}", data["auditEventsInstanceStreamingDestinations"]!["nodes"]!.AsArray().Select(node => (string?)node!["id"]));
        Assert.Contains(id, data["instanceExternalAuditEventDestinations"]!["nodes"]!.AsArray().Select(node => (string?)node!["id"]));
        Assert.All(number, digit => Assert.True(char.IsAsciiDigit(digit)));
    }

    [Fact]
    public async Task GL_14_What_was_made_at_siem_is_there_and_what_GitLab_could_not_have_is_not()
    {
        await gitlab.Server.CallAsync("POST", "/v1/audit/siem", body: new { name = "from siem", provider = "http", endpoint = "https://u:pass@siem2.example/in?key=hidden1" });
        await gitlab.Server.CallAsync("POST", "/v1/audit/siem", body: new { name = "a webhook", provider = "webhook", endpoint = "https://siem3.example/", secret = "a secret to keep" });
        await gitlab.Server.CallAsync("POST", "/v1/audit/siem", body: new { name = "batches", provider = "s3", bucket = "batches", region = "eu-central-1", access_key_id = "AKIAIOSFODNN7EXAMPLE", secret_access_key = "x" });
        var nodes = (await gitlab.DataAsync("{ auditEventsInstanceStreamingDestinations { nodes { name config } } }"))["auditEventsInstanceStreamingDestinations"]!["nodes"]!.AsArray();

        var mine = nodes.Single(node => (string?)node!["name"] == "from siem");
        Assert.Equal("https://***@siem2.example/in?key=***", (string?)mine!["config"]!["url"]);
        Assert.DoesNotContain(nodes, node => (string?)node!["name"] is "a webhook" or "batches");
    }

    [Fact]
    public async Task GL_16_A_name_has_72_characters_is_unique_and_made_when_absent()
    {
        var name = new string('n', 71) + " ";
        var long1 = await gitlab.MutateAsync($"{Legacy}Create", new { destinationUrl = "https://n1.example/", name }, $"{Legacy} {{ name }}");
        var unnamed = await gitlab.MutateAsync($"{Legacy}Create", new { destinationUrl = "https://n2.example/" }, $"{Legacy} {{ name }}");

        Assert.Equal(name, (string?)long1[Legacy]!["name"]);
        Assert.Matches("^Destination_[0-9a-f-]{36}$", (string?)unnamed[Legacy]!["name"]);
        Assert.Equal("Name is too long (maximum is 72 characters)", await gitlab.RefusalAsync($"{Legacy}Create", new { destinationUrl = "https://n3.example/", name = name + "x" }));
        Assert.Equal("Name has already been taken", await gitlab.RefusalAsync($"{Legacy}Create", new { destinationUrl = "https://n4.example/", name }));
        Assert.Equal("", await gitlab.RefusalAsync("externalAuditEventDestinationCreate", new { destinationUrl = "https://n4.example/", name, groupPath = "other" }));
        Assert.Equal("", await gitlab.RefusalAsync($"{Legacy}Create", new { destinationUrl = "https://n5.example/", name = name.TrimEnd() }));
        var other = await gitlab.NewHttpAsync("to-be-renamed");
        Assert.Equal("Name has already been taken", await gitlab.RefusalAsync($"{Legacy}Update", new { id = other, name }));
        Assert.Equal("Name is too long (maximum is 72 characters)", await gitlab.RefusalAsync($"{Legacy}Update", new { id = other, name = name + "x" }));
    }

    [Fact]
    public async Task GL_16_Of_many_that_ask_at_once_for_a_name_one_gets_it()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => gitlab.RefusalAsync($"{Legacy}Create", new { destinationUrl = $"https://race{i}.example/", name = "raced" })));

        Assert.Equal((1, 7), (answers.Count(answer => answer.Length == 0), answers.Count(answer => answer == "Name has already been taken")));
    }

    [Theory]
    [InlineData("", "Destination url can't be blank")]
    [InlineData("nowhere", "Destination url must be a valid URL")]
    [InlineData("ftp://a.example/", "Destination url is blocked: Only allowed schemes are http, https")]
    public async Task An_address_is_judged(string destinationUrl, string message) => Assert.Equal(message, await gitlab.RefusalAsync($"{Legacy}Create", new { destinationUrl, name = "judged" }));

    [Fact]
    public async Task All_that_is_wrong_is_said_at_once()
    {
        await gitlab.NewHttpAsync("taken");

        Assert.Equal("Name has already been taken | Destination url has already been taken", await gitlab.RefusalAsync($"{Legacy}Create", new { name = "taken", destinationUrl = $"{GitLabServer.Url}/taken" }));
    }

    [Fact]
    public async Task GL_22_A_token_is_given_or_made_and_has_16_to_24_characters()
    {
        const string mutation = "externalAuditEventDestinationCreate";
        var given = await gitlab.MutateAsync(mutation, new { groupPath = "acme", destinationUrl = "https://t1.example/", verificationToken = "sixteen-letters!" }, "externalAuditEventDestination { verificationToken }");
        var made = await gitlab.MutateAsync(mutation, new { groupPath = "acme", destinationUrl = "https://t2.example/" }, "externalAuditEventDestination { verificationToken }");

        Assert.Equal("sixteen-letters!", (string?)given["externalAuditEventDestination"]!["verificationToken"]);
        Assert.Equal(24, ((string?)made["externalAuditEventDestination"]!["verificationToken"])!.Length);
        Assert.Equal("Verification token is too short (minimum is 16 characters)", await gitlab.RefusalAsync(mutation, new { groupPath = "acme", destinationUrl = "https://t3.example/", verificationToken = "fifteen-letters" }));
        Assert.Equal("Verification token is too long (maximum is 24 characters)", await gitlab.RefusalAsync(mutation, new { groupPath = "acme", destinationUrl = "https://t3.example/", verificationToken = new string('t', 25) }));
        Assert.Equal("Verification token has already been taken", await gitlab.RefusalAsync(mutation, new { groupPath = "beta", destinationUrl = "https://t3.example/", verificationToken = "sixteen-letters!" }));
    }

    [Fact]
    public async Task GL_23_A_token_cannot_be_changed_by_any_path()
    {
        var made = (await gitlab.MutateAsync("instanceAuditEventStreamingDestinationsCreate", new { category = "http", config = new { url = "https://fixed.example/" }, name = "fixed" }, "externalAuditEventDestination { id secretToken }"))["externalAuditEventDestination"]!;
        var row = (await gitlab.RowAsync("fixed"))!;

        Assert.Equal("Verification token cannot be changed", await gitlab.RefusalAsync("instanceAuditEventStreamingDestinationsUpdate", new { id = made["id"], secretToken = "another-token-123456" }));
        Assert.Equal("", await gitlab.RefusalAsync("instanceAuditEventStreamingDestinationsUpdate", new { id = made["id"], secretToken = made["secretToken"] }));
        Assert.Equal(400, (await gitlab.Server.CallAsync("PUT", $"/v1/audit/siem/{row["id"]}", body: new { verification_token = "another-token-123456" })).Status);
        Assert.DoesNotContain("verificationToken", (await gitlab.AskAsync("{ __type(name: \"ExternalAuditEventDestinationUpdateInput\") { inputFields { name } } }")).ToJsonString(), StringComparison.Ordinal);
        Assert.Equal((string?)made["secretToken"], (string?)(await gitlab.RowAsync("fixed"))!["verification_token"]);
    }

    [Fact]
    public async Task GL_36_GL_39_A_secret_is_never_shown_and_kept_unless_another_one_is_given()
    {
        var google = (await gitlab.MutateAsync("instanceGoogleCloudLoggingConfigurationCreate", new { googleProjectIdName = "my-project-2", clientEmail = "a@b.example", privateKey = ServiceAccount.Pem, name = "g" },
            "instanceGoogleCloudLoggingConfiguration { id name googleProjectIdName clientEmail logIdName active }"))["instanceGoogleCloudLoggingConfiguration"]!;
        var amazon = (await gitlab.MutateAsync("auditEventsInstanceAmazonS3ConfigurationCreate", new { accessKeyXid = "AKIAIOSFODNN7EXAMPLE", secretAccessKey = "the-secret", bucketName = "bucket-2", awsRegion = "eu-central-1", name = "s" },
            "instanceAmazonS3Configuration { id name accessKeyXid bucketName awsRegion active }"))["instanceAmazonS3Configuration"]!;
        Assert.Equal(("audit_events", "***"), ((string?)google["logIdName"], (string?)amazon["accessKeyXid"]));

        Assert.Equal("", await gitlab.RefusalAsync("instanceGoogleCloudLoggingConfigurationUpdate", new { id = google["id"], logIdName = "other", clientEmail = "c@b.example" }));
        Assert.Equal("", await gitlab.RefusalAsync("auditEventsInstanceAmazonS3ConfigurationUpdate", new { id = amazon["id"], bucketName = "bucket-3", accessKeyXid = "***" }));
        Assert.Equal("", await gitlab.RefusalAsync("auditEventsInstanceAmazonS3ConfigurationUpdate", new { id = amazon["id"], secretAccessKey = "replaced" }));
        Assert.Equal("bucket-3", (string?)(await gitlab.RowAsync("s"))!["bucket"]);
        Assert.Equal("other", (string?)(await gitlab.RowAsync("g"))!["log_id"]);
        var everything = (await gitlab.AskAsync("{ instanceGoogleCloudLoggingConfigurations { nodes { id name clientEmail } } auditEventsInstanceAmazonS3Configurations { nodes { id name accessKeyXid } } auditEventsInstanceStreamingDestinations { nodes { config secretToken } } }")).ToJsonString();
        Assert.All(["PRIVATE KEY", "AKIAIOSFODNN7EXAMPLE", "the-secret", "replaced"], secret => Assert.DoesNotContain(secret, everything, StringComparison.Ordinal));
        Assert.Equal("", await gitlab.RefusalAsync("instanceGoogleCloudLoggingConfigurationDestroy", new { id = google["id"] }));
        Assert.Equal("", await gitlab.RefusalAsync("auditEventsInstanceAmazonS3ConfigurationDelete", new { id = amazon["id"] }));
    }

    [Theory]
    [InlineData("Bad_Project", "a@b.example", "log", "Google project id name must only contain lowercase letters, digits, or hyphens, and must start with a letter and end with a letter or a digit")]
    [InlineData("my-project", "nobody", "log", "Client email is invalid")]
    [InlineData("my-project", "a@b.example", "a log", "Log id name must only contain letters, digits, forward-slash, underscore, hyphen or period")]
    public async Task GL_34_Google_settings_are_judged(string googleProjectIdName, string clientEmail, string logIdName, string message) => Assert.Equal(
        message, await gitlab.RefusalAsync("instanceGoogleCloudLoggingConfigurationCreate", new { googleProjectIdName, clientEmail, logIdName, privateKey = ServiceAccount.Pem }));

    [Theory]
    [InlineData("not a key id 1234", "bucket", "eu-central-1", "Access key xid must only contain letters, digits or underscore")]
    [InlineData("AKIAIOSFODNN7EXAMPLE", "Bucket", "eu-central-1", "Bucket name is invalid")]
    [InlineData("AKIAIOSFODNN7EXAMPLE", "bucket", " ", "Aws region can't be blank")]
    public async Task GL_38_S3_settings_are_judged(string accessKeyXid, string bucketName, string awsRegion, string message) => Assert.Equal(
        message, await gitlab.RefusalAsync("auditEventsInstanceAmazonS3ConfigurationCreate", new { accessKeyXid, bucketName, awsRegion, secretAccessKey = "s" }));

    [Theory]
    [InlineData("http", """{"url":"https://x.example","more":1}""", null, "Config must be a valid json schema")]
    [InlineData("http", """{}""", null, "Config must be a valid json schema")]
    [InlineData("http", """{"url":5}""", null, "Config must be a valid json schema")]
    [InlineData("http", """[1]""", null, "Config must be a hash")]
    [InlineData("http", "\"{\"", null, "Config must be a valid json schema")]
    [InlineData("http", """{"url":"https://x.example","headers":{"x-gitlab-event-streaming-token":{"value":"1","active":true}}}""", null, "Config headers cannot contain X-Gitlab-Event-Streaming-Token")]
    [InlineData("http", """{"url":"https://x.example"}""", "short", "Secret token should have length between 16 to 24 characters.")]
    [InlineData("aws", """{"accessKeyXid":"AKIAIOSFODNN7EXAMPLE","bucketName":"b-4","awsRegion":"eu-central-1"}""", null, "Secret token is required for category")]
    [InlineData("gcpLogging", "{}", null, "Category gcpLogging is not one of http, gcp, aws")]
    public async Task A_config_is_judged(string category, string config, string? secretToken, string message) =>
        Assert.Equal(message, await gitlab.RefusalAsync("instanceAuditEventStreamingDestinationsCreate", new { category, config = JsonNode.Parse(config), secretToken }));

    [Theory]
    [InlineData(20, "")]
    [InlineData(21, "Config must be a valid json schema")]
    public async Task GL_05_A_config_has_twenty_headers_at_most(int count, string message)
    {
        var headers = Enumerable.Range(0, count).ToDictionary(i => $"X-{i}", i => new { value = "v", active = true });

        Assert.Equal(message, await gitlab.RefusalAsync("instanceAuditEventStreamingDestinationsCreate", new { category = "http", config = new { url = $"https://headers{count}.example", headers } }));
    }

    [Fact]
    public async Task GL_35_Two_logs_of_a_project_are_two_destinations_and_one_log_is_one()
    {
        const string mutation = "instanceGoogleCloudLoggingConfigurationCreate";
        object Log(string logIdName) => new { googleProjectIdName = "two-logs", clientEmail = "a@b.example", privateKey = ServiceAccount.Pem, logIdName };

        Assert.Equal(("", ""), (await gitlab.RefusalAsync(mutation, Log("one")), await gitlab.RefusalAsync(mutation, Log("two"))));
        Assert.Equal("Log id name has already been taken", await gitlab.RefusalAsync(mutation, Log("two")));
    }

    [Fact]
    public async Task A_config_may_be_a_text_and_is_replaced_whole()
    {
        var made = (await gitlab.MutateAsync("instanceAuditEventStreamingDestinationsCreate", new { category = "http", name = "whole", config = """{"url":"https://whole.example/","headers":{"X-A":{"value":"1","active":true}}}""" }, "externalAuditEventDestination { id config }"))["externalAuditEventDestination"]!;
        Assert.Equal("""{"url":"https://whole.example/","headers":{"X-A":{"value":"1","active":true}}}""", GitLabServer.Json(made["config"]));

        var changed = await gitlab.MutateAsync("instanceAuditEventStreamingDestinationsUpdate", new { id = made["id"], config = new { url = "https://whole.example/2" } }, "externalAuditEventDestination { config }");
        Assert.Equal("""{"url":"https://whole.example/2"}""", GitLabServer.Json(changed["externalAuditEventDestination"]!["config"]));
        Assert.Equal("Config url already taken.", await gitlab.RefusalAsync("instanceAuditEventStreamingDestinationsCreate", new { category = "http", config = new { url = "https://whole.example/2" } }));
    }

    private static string Shown(string config) => config
        .Replace("\"X-B\":{\"value\":\"2\"}", "\"X-B\":{\"value\":\"2\",\"active\":false}", StringComparison.Ordinal)
        .Replace("gserviceaccount.com\"}", "gserviceaccount.com\",\"logIdName\":\"audit-events\"}", StringComparison.Ordinal)
        .Replace("AKIAIOSFODNN7EXAMPLE", "***", StringComparison.Ordinal);
}
