using Sluice.Delivery.Definitions;
using Sluice.Destinations.Gcs;
using Sluice.Destinations.Gcs.Changefeeds;
using Sluice.Tests.Fakes;

namespace Sluice.Tests.Destinations.Gcs;

public sealed class ChangefeedTests
{
    /// <summary>As ZITADEL's page prints it, indented as in its list.</summary>
    private const string OfThePage = """
            CREATE CHANGEFEED INTO 'gs://gc-storage-zitadel-data/events?partition_format=flat&AUTH=specified&CREDENTIALS=base64encodedkey' 
            AS SELECT instance_id, aggregate_type, aggregate_id, owner, event_type, sequence, created_at 
            FROM eventstore.events2;
        """;

    private const string SecondOfThePage = """
            CREATE CHANGEFEED INTO 'gs://gc-storage-zitadel-data/events?partition_format=flat&AUTH=specified&CREDENTIALS=base64encodedkey' 
            AS SELECT instance_id, aggregate_type, aggregate_id, owner, event_type, sequence, created_at 
            CASE WHEN event_type IN ('instance.domain.added', 'instance.domain.removed', 'instance.domain.primary.set' ) 
            THEN payload END AS payload 
            FROM eventstore.events2;
        """;

    private static readonly string Key = Uri.EscapeDataString(ServiceAccount.Base64());

    [Fact]
    public void The_first_statement_of_the_page_is_understood()
    {
        var said = Changefeed.Parse(WithKey(OfThePage)).Statement;

        Assert.Equal(("gc-storage-zitadel-data", "events", PartitionFormat.Flat), (said.Sink.Bucket, said.Sink.Prefix, said.Sink.PartitionFormat));
        Assert.Equal(ServiceAccount.Json(), said.Sink.Credentials);
        Assert.Equal(["instance_id", "aggregate_type", "aggregate_id", "owner", "event_type", "sequence", "created_at"], said.Columns);
        Assert.Empty(said.PayloadFor!);
        Assert.Empty(said.EventTypes);
    }

    [Fact]
    public void The_second_statement_of_the_page_lacks_a_comma_and_is_told_where()
    {
        var refused = Refused(WithKey(SecondOfThePage));

        Assert.Equal((3, 5, ","), (refused.Line, refused.Column, refused.Expected));
        Assert.Equal("Line 3, column 5: A comma is missing before CASE: write \"created_at, CASE\".", refused.Message);
    }

    [Fact]
    public void With_its_comma_the_second_statement_is_understood()
    {
        var said = Changefeed.Parse(WithKey(SecondOfThePage.Replace("created_at \n", "created_at,\n"))).Statement;

        Assert.Equal(["instance.domain.added", "instance.domain.removed", "instance.domain.primary.set"], said.PayloadFor);
        Assert.Equal("payload", said.Columns![^1]);
    }

    [Theory]
    [InlineData("SET CLUSTER SETTING kv.rangefeed.enabled = true;\n")]
    [InlineData("set cluster setting kv.rangefeed.enabled TO on; ")]
    public void The_statement_that_switches_changefeeds_on_may_stand_before_it(string setting) =>
        Assert.Equal("events", Changefeed.Parse(setting + WithKey(OfThePage)).Statement.Sink.Prefix);

    [Fact]
    public void The_placeholder_of_the_page_is_no_key()
    {
        var refused = Refused(OfThePage);

        Assert.Equal((1, OfThePage.IndexOf("base64encodedkey", StringComparison.Ordinal) + 1), (refused.Line, refused.Column));
        Assert.Contains("base64 -w0 key.json", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_sink_of_the_page_alone_is_understood()
    {
        var said = Changefeed.Parse($" gs://bucket-1/prefix?partition_format=hourly&AUTH=specified&CREDENTIALS={Key}\n").Statement;

        Assert.Equal(("bucket-1", "prefix", PartitionFormat.Hourly, ServiceAccount.Json()), (said.Sink.Bucket, said.Sink.Prefix, said.Sink.PartitionFormat, said.Sink.Credentials));
        Assert.Null(said.Columns);
        Assert.Null(said.PayloadFor);
    }

    [Fact]
    public void A_key_whose_plus_signs_and_padding_were_not_encoded_is_the_same_key() =>
        Assert.Equal(ServiceAccount.Json(), Changefeed.Parse($"gs://bucket-1?CREDENTIALS={ServiceAccount.Base64()}").Statement.Sink.Credentials);

    [Theory]
    [InlineData("WHERE event_type = 'a.b'", "a.b", "")]
    [InlineData("where EVENT_TYPE in ('a.b', 'c') and event_type <> 'd'", "a.b c", "d")]
    [InlineData("WHERE event_type LIKE 'user.%'", "user.*", "")]
    [InlineData("WHERE event_type = 'a' OR event_type IN ('b','a')", "a b", "")]
    [InlineData("WHERE event_type NOT IN ('a', 'b') -- rest\n;", "", "a b")]
    [InlineData("WHERE event_type NOT LIKE 'a.%'", "", "a.*")]
    [InlineData("WHERE event_type = 'it''s'", "it's", "")]
    public void Conditions_on_the_type_become_filters(string where, string types, string exceptTypes)
    {
        var said = Parse($"SELECT sequence FROM events2 {where}");

        Assert.Equal((types, exceptTypes), (string.Join(' ', said.EventTypes), string.Join(' ', said.ExceptEventTypes)));
    }

    [Theory]
    [InlineData("SELECT sequence, payload FROM zitadel.eventstore.events2", "*")]
    [InlineData("SELECT sequence, CASE WHEN event_type = 'a' THEN payload WHEN event_type LIKE 'b.%' OR event_type = 'c' THEN payload ELSE NULL END AS payload FROM events2", "a b.* c")]
    [InlineData("SELECT \"sequence\" AS sequence /* no payload */ FROM eventstore.events2", "")]
    public void The_select_list_says_whose_payload_is_written(string query, string types) => Assert.Equal(types, string.Join(' ', Parse(query).PayloadFor!));

    [Theory]
    [InlineData("|UPDATE x", "CREATE")]
    [InlineData("CREATE |TABLE x", "CHANGEFEED")]
    [InlineData("SET CLUSTER SETTING kv.rangefeed.enabled = |false; CREATE", "true")]
    [InlineData("SET CLUSTER SETTING kv.rangefeed.|closed_timestamp_refresh_interval = '1s'; CREATE", "enabled")]
    [InlineData("SET CLUSTER SETTING kv.rangefeed.enabled = true |CREATE", ";")]
    [InlineData("CREATE CHANGEFEED |FOR x", "INTO")]
    [InlineData("CREATE CHANGEFEED INTO |gs", "the sink's URI in single quotes")]
    [InlineData("CREATE CHANGEFEED INTO |'gs://bucket", "'")]
    [InlineData("CREATE CHANGEFEED INTO '|s3://bucket' AS SELECT sequence FROM events2", "gs://bucket/prefix?…")]
    [InlineData("CREATE CHANGEFEED INTO 'gs://|B/x' AS SELECT sequence FROM events2", "a bucket's name")]
    [InlineData("CREATE CHANGEFEED INTO 'gs://bkt/|a/../b' AS SELECT sequence FROM events2", "folders such as audit/prod")]
    [InlineData("CREATE CHANGEFEED INTO 'gs://bkt/x?|file_size=1' AS SELECT sequence FROM events2", "partition_format, AUTH or CREDENTIALS")]
    [InlineData("CREATE CHANGEFEED INTO 'gs://bkt/x?partition_format=|weekly' AS SELECT sequence FROM events2", "flat, daily or hourly")]
    [InlineData("CREATE CHANGEFEED INTO 'gs://bkt/x?partition_format=flat&|partition_format=flat' AS SELECT sequence FROM events2", "each parameter once")]
    [InlineData("CREATE CHANGEFEED INTO 'gs://bkt/x?AUTH=|implicit' AS SELECT sequence FROM events2", "specified")]
    [InlineData("CREATE CHANGEFEED INTO 'gs://bkt/x?AUTH=specified|' AS SELECT sequence FROM events2", "&CREDENTIALS=<the service account's key file in base64>")]
    [InlineData("CREATE CHANGEFEED INTO 'gs://bkt/x?CREDENTIALS=|e30=' AS SELECT sequence FROM events2", "the service account's key file in base64")]
    [InlineData("CREATE CHANGEFEED INTO 'gs://bkt/x' WITH |updated AS SELECT sequence FROM events2", "resolved, format, envelope or compression")]
    [InlineData("CREATE CHANGEFEED INTO 'gs://bkt/x' WITH resolved = '10s', compression = |zstd AS SELECT sequence FROM events2", "compression = 'gzip'")]
    [InlineData("CREATE CHANGEFEED INTO 'gs://bkt/x' AS SELECT |* FROM events2", "a column")]
    [InlineData("CREATE CHANGEFEED INTO 'gs://bkt/x' AS SELECT sequence,\n  |secret FROM events2", "a column")]
    [InlineData("CREATE CHANGEFEED INTO 'gs://bkt/x' AS SELECT sequence |owner FROM events2", ",")]
    [InlineData("CREATE CHANGEFEED INTO 'gs://bkt/x' AS SELECT sequence, |sequence FROM events2", "each column once")]
    [InlineData("CREATE CHANGEFEED INTO 'gs://bkt/x' AS SELECT sequence AS |n FROM events2", "sequence")]
    [InlineData("CREATE CHANGEFEED INTO 'gs://bkt/x' AS SELECT CASE WHEN event_type = 'a' THEN |owner END AS payload FROM events2", "payload")]
    [InlineData("CREATE CHANGEFEED INTO 'gs://bkt/x' AS SELECT CASE WHEN event_type = 'a' THEN payload END |FROM events2", "AS payload")]
    [InlineData("CREATE CHANGEFEED INTO 'gs://bkt/x' AS SELECT CASE WHEN |event_type <> 'a' THEN payload END AS payload FROM events2", "=, IN or LIKE")]
    [InlineData("CREATE CHANGEFEED INTO 'gs://bkt/x' AS SELECT sequence FROM |users", "eventstore.events2")]
    [InlineData("CREATE CHANGEFEED INTO 'gs://bkt/x' AS SELECT sequence FROM events2 WHERE |sequence = 1", "event_type")]
    [InlineData("CREATE CHANGEFEED INTO 'gs://bkt/x' AS SELECT sequence FROM events2 WHERE event_type = |1", "an event type in single quotes")]
    [InlineData("CREATE CHANGEFEED INTO 'gs://bkt/x' AS SELECT sequence FROM events2 WHERE event_type IN ('a'|;", ", or )")]
    [InlineData("CREATE CHANGEFEED INTO 'gs://bkt/x' AS SELECT sequence FROM events2 WHERE event_type = |'user.*'", "LIKE 'user.%'")]
    [InlineData("CREATE CHANGEFEED INTO 'gs://bkt/x' AS SELECT sequence FROM events2 WHERE event_type LIKE |'%.added'", "a pattern such as 'user.%'")]
    [InlineData("CREATE CHANGEFEED INTO 'gs://bkt/x' AS SELECT sequence FROM events2 WHERE event_type = 'a' AND |event_type = 'b'", "event_type IN ('…', '…')")]
    [InlineData("CREATE CHANGEFEED INTO 'gs://bkt/x' AS SELECT sequence FROM events2; |DROP", "the end of the statement")]
    [InlineData("CREATE CHANGEFEED INTO 'gs://bkt/x'\r\nAS SELECT sequence |[", "a word, a string or one of , ( ) = ;")]
    [InlineData("CREATE |/* no end", "*/")]
    [InlineData("|", "CREATE")]
    public void What_cannot_be_understood_is_refused_at_its_place(string marked, string expected)
    {
        var place = marked.IndexOf('|', StringComparison.Ordinal);
        var before = marked[..place];

        var refused = Refused(marked.Remove(place, 1));

        Assert.Equal((before.Count(c => c == '\n') + 1, place - before.LastIndexOf('\n'), expected), (refused.Line!.Value, refused.Column!.Value, refused.Expected));
        Assert.Equal(("invalid_changefeed", "changefeed"), (refused.Code, refused.Field));
    }

    [Fact]
    public void Its_key_is_masked_and_kept_when_the_text_comes_back()
    {
        var before = Changefeed.Parse(WithKey(OfThePage));
        var shown = before.ToString();

        var after = (Changefeed)Changefeed.Parse(shown.Replace("/events?", "/other?")).Over(before);

        Assert.Contains("CREDENTIALS=***'", shown, StringComparison.Ordinal);
        Assert.All(before.Secrets, secret => Assert.DoesNotContain(secret, shown, StringComparison.Ordinal));
        Assert.Equal(("other", ServiceAccount.Json()), (after.Statement.Sink.Prefix, after.Statement.Sink.Credentials));
        Assert.Throws<DefinitionException>(() => Changefeed.Parse(shown).Over(null));
    }

    private static ChangefeedStatement Parse(string query) => Changefeed.Parse($"CREATE CHANGEFEED INTO 'gs://bkt/x' AS {query}").Statement;

    private static DefinitionException Refused(string text) => Assert.Throws<DefinitionException>(() => Changefeed.Parse(text));

    private static string WithKey(string text) => text.Replace("base64encodedkey", Key, StringComparison.Ordinal);
}
