using Sluice.Sources.CloudTrail;

namespace Sluice.Tests.Sources.CloudTrail;

/// <summary>What of a record stands where in its event.</summary>
public sealed class CloudTrailSourceTests
{
    [Fact]
    public void A_record_becomes_an_event_with_its_own_names()
    {
        var @event = Mapped.Event(Mapped.Record("""
            "sourceIPAddress":"203.0.113.42","userAgent":"aws-cli/2","requestID":"req-1","awsRegion":"eu-west-1",
            "userIdentity":{"type":"IAMUser","principalId":"AIDA1","arn":"arn:aws:iam::111122223333:user/ada","userName":"ada","accessKeyId":"AKIA1","accountId":"111122223333"},
            "requestParameters":{"userName":"bob","path":"/"}
            """), tenant: "acme \"quoted\"");

        Assert.Equal(
            ("7f3c", "2026-03-15T08:42:17Z", "acme \"quoted\"", "iam.create_user", "success", "iam"),
            (@event.At("id"), @event.At("timestamp"), @event.At("tenant_id"), @event.At("action"), @event.At("outcome"), @event.At("service")));
        Assert.Equal(("user", "AIDA1", "ada"), (@event.At("actor.type"), @event.At("actor.id"), @event.At("actor.name")));
        Assert.Equal(("AWS::IAM::User", "bob", "bob"), (@event.At("resource.type"), @event.At("resource.id"), @event.At("resource.name")));
        Assert.Equal(("203.0.113.42", "aws-cli/2", "AKIA1", "req-1"), (@event.At("source_ip"), @event.At("user_agent"), @event.At("api_key_id"), @event.At("request_id")));
        Assert.Equal(("eu-west-1", "CreateUser", "/"), (@event.At("metadata.awsRegion"), @event.At("metadata.eventName"), @event.At("metadata.requestParameters.path")));
    }

    [Fact]
    public void Personal_data_stands_once_so_that_erasing_it_is_enough()
    {
        var @event = Mapped.Event(Mapped.Record("""
            "sourceIPAddress":"203.0.113.42","userAgent":"aws-cli/2","userIdentity":{"type":"IAMUser","principalId":"AIDA1","userName":"ada"}
            """));

        var metadata = @event.At("metadata")!;
        Assert.DoesNotContain("203.0.113.42", metadata, StringComparison.Ordinal);
        Assert.DoesNotContain("aws-cli", metadata, StringComparison.Ordinal);
        Assert.DoesNotContain("ada", metadata, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"type":"IAMUser","principalId":"AIDA1","arn":"arn:x","userName":"ada"}""", "user", "AIDA1")]
    [InlineData("""{"type":"AssumedRole","principalId":"AROA1:s","arn":"arn:x","invokedBy":"ssm.amazonaws.com"}""", "role", "AROA1:s")]
    [InlineData("""{"type":"Root","principalId":"111122223333"}""", "root", "111122223333")]
    [InlineData("""{"type":"SAMLUser","principalId":"p"}""", "saml_user", "p")]
    [InlineData("""{"type":"IAMUser","principalId":"","arn":"arn:x","userName":"ada"}""", "user", "arn:x")]
    [InlineData("""{"type":"IAMUser","userName":"HIDDEN_DUE_TO_SECURITY_REASONS","accessKeyId":""}""", "user", "HIDDEN_DUE_TO_SECURITY_REASONS")]
    [InlineData("""{"type":"AWSService","invokedBy":"ec2.amazonaws.com"}""", "system", "ec2.amazonaws.com")]
    [InlineData("""{"accountId":"111122223333","invokedBy":"ec2.amazonaws.com"}""", "system", "ec2.amazonaws.com")]
    [InlineData("""{"type":"IdentityCenterUser","onBehalfOf":{"userId":"u-1"},"accountId":"111122223333"}""", "user", "u-1")]
    [InlineData("""{"type":"AWSAccount","principalId":"","accountId":"anonymous"}""", "aws_account", "anonymous")]
    [InlineData("null", "system", "iam.amazonaws.com")]
    public void The_actor_is_the_first_name_that_the_identity_gives(string identity, string type, string id)
    {
        var @event = Mapped.Event(Mapped.Record($"\"userIdentity\":{identity}"));

        Assert.Equal((type, id), (@event.At("actor.type"), @event.At("actor.id")));
    }

    [Theory]
    [InlineData("", "success")]
    [InlineData("\"errorCode\":null", "success")]
    [InlineData("\"errorCode\":\"AccessDenied\"", "denied")]
    [InlineData("\"errorCode\":\"AccessDeniedException\"", "denied")]
    [InlineData("\"errorCode\":\"Client.UnauthorizedOperation\"", "denied")]
    [InlineData("\"errorCode\":\"Client.AccessDeniedException\"", "denied")]
    [InlineData("\"errorCode\":\"UnauthorizedOperation\"", "denied")]
    [InlineData("\"errorCode\":\"ThrottlingException\"", "failure")]
    [InlineData("\"errorCode\":\"Server.AccessDenied\"", "failure")]
    [InlineData("\"errorCode\":\"AccessDeniedFault\"", "failure")]
    [InlineData("\"errorMessage\":\"Failed authentication\"", "failure")]
    [InlineData("\"responseElements\":{\"ConsoleLogin\":\"Failure\"}", "failure")]
    public void The_outcome_follows_from_the_error_code(string members, string outcome) =>
        Assert.Equal(outcome, Mapped.Event(Mapped.Record(members)).At("outcome"));

    [Theory]
    [InlineData("\"resources\":[{\"ARN\":\"arn:aws:s3:::logs\",\"type\":\"AWS::S3::Bucket\"},{\"ARN\":\"other\"}]", "AWS::S3::Bucket", "arn:aws:s3:::logs", "logs")]
    [InlineData("\"resources\":[{\"ARN\":\"arn:aws:ec2:us-east-1:1:instance/i-0abc\"}]", "AWS::EC2::Instance", "arn:aws:ec2:us-east-1:1:instance/i-0abc", "i-0abc")]
    [InlineData("\"resources\":[{\"ARN\":\"arn:aws:new:us-east-1:1:thing/x\"}]", null, "arn:aws:new:us-east-1:1:thing/x", "x")]
    [InlineData("\"requestParameters\":{\"policyName\":\"p\",\"roleName\":\"r\"}", "AWS::IAM::Role", "r", "r")]
    [InlineData("\"requestParameters\":{\"policyArn\":\"arn:aws:iam::1:policy/a/Admin\"}", "AWS::IAM::Policy", "arn:aws:iam::1:policy/a/Admin", "Admin")]
    [InlineData("\"resources\":[],\"requestParameters\":{\"groupName\":\"g\"}", "AWS::IAM::Group", "g", "g")]
    [InlineData("\"requestParameters\":{\"maxItems\":1}", null, null, null)]
    [InlineData("\"requestParameters\":null", null, null, null)]
    public void The_resource_is_the_first_listed_else_what_the_request_names(string members, string? type, string? id, string? name)
    {
        var @event = Mapped.Event(Mapped.Record(members));

        Assert.Equal((type, id, name), (@event.At("resource.type"), @event.At("resource.id"), @event.At("resource.name")));
    }

    [Fact]
    public void A_parameter_may_stand_deeper_in_a_list()
    {
        var @event = Mapped.Event("""
            {"eventSource":"ec2.amazonaws.com","eventName":"TerminateInstances","eventTime":"2026-03-15T08:42:17Z","eventID":"1",
             "requestParameters":{"instancesSet":{"items":[{"instanceId":"i-1"},{"instanceId":"i-2"}]}}}
            """);

        Assert.Equal(("AWS::EC2::Instance", "i-1"), (@event.At("resource.type"), @event.At("resource.id")));
    }

    [Fact]
    public void Numbers_that_a_float_would_change_are_kept_as_strings()
    {
        var @event = Mapped.Event(Mapped.Record("\"additionalEventData\":{\"exact\":4096.0,\"big\":9007199254740993,\"list\":[1,123456789012345678901]}"));

        Assert.Equal(("4096.0", "9007199254740993"), (@event.At("metadata.additionalEventData.exact"), @event.At("metadata.additionalEventData.big")));
        Assert.Equal("[1,\"123456789012345678901\"]", @event.At("metadata.additionalEventData.list"));
    }

    [Fact]
    public void A_time_in_another_spelling_is_kept_beside_the_event_s_own()
    {
        var @event = Mapped.Event(Mapped.Record().Replace("08:42:17Z", "08:42:17.5+01:00", StringComparison.Ordinal));

        Assert.Equal(("2026-03-15T08:42:17.5+01:00", "2026-03-15T08:42:17.5+01:00"), (@event.At("timestamp"), @event.At("metadata.eventTime")));
    }

    [Fact]
    public void A_record_without_an_id_gets_the_same_one_every_time_and_another_in_another_place()
    {
        var record = Mapped.Record().Replace("\"eventID\":\"7f3c\"", "\"eventID\":null", StringComparison.Ordinal);
        string IdAt(long number)
        {
            var (text, _) = Mapped.Write(new CloudTrailSource(null), record, number);
            return System.Text.Json.JsonDocument.Parse(text).RootElement.At("id")!;
        }

        Assert.StartsWith("imp_", IdAt(1), StringComparison.Ordinal);
        Assert.Equal(IdAt(1), IdAt(1));
        Assert.NotEqual(IdAt(1), IdAt(2));
    }

    [Theory]
    [InlineData("[]", "invalid_type", null)]
    [InlineData("nope", "invalid_json", null)]
    [InlineData("{}", "missing_field", "eventSource")]
    [InlineData("""{"eventSource":"iam.amazonaws.com","eventName":"CreateUser"}""", "missing_field", "eventTime")]
    [InlineData("""{"eventSource":"\ud800","eventName":"CreateUser","eventTime":"2026-03-15T08:42:17Z"}""", "invalid_string", null)]
    public void What_is_no_record_is_refused_with_the_reason(string record, string code, string? field)
    {
        var (_, refusal) = Mapped.Write(new CloudTrailSource(null), record);

        Assert.Equal((code, field), (refusal?.Code, refusal?.Field));
    }
}
