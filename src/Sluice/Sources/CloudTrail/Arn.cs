using System.Collections.Frozen;

namespace Sluice.Sources.CloudTrail;

/// <summary>An Amazon resource name, as far as it tells type and name: <c>arn:aws:ec2:us-east-1:111122223333:instance/i-0abc</c>.</summary>
internal readonly record struct Arn(string Service, string Kind, string Name)
{
    private static readonly FrozenDictionary<(string Service, string Kind), string> Types = new Dictionary<(string, string), string>
    {
        [("dynamodb", "table")] = "AWS::DynamoDB::Table",
        [("ec2", "image")] = "AWS::EC2::Image",
        [("ec2", "instance")] = "AWS::EC2::Instance",
        [("ec2", "security-group")] = "AWS::EC2::SecurityGroup",
        [("ec2", "snapshot")] = "AWS::EC2::Snapshot",
        [("ec2", "volume")] = "AWS::EC2::Volume",
        [("ec2", "vpc")] = "AWS::EC2::VPC",
        [("iam", "group")] = "AWS::IAM::Group",
        [("iam", "policy")] = "AWS::IAM::Policy",
        [("iam", "role")] = "AWS::IAM::Role",
        [("iam", "user")] = "AWS::IAM::User",
        [("kms", "alias")] = "AWS::KMS::Alias",
        [("kms", "key")] = "AWS::KMS::Key",
        [("lambda", "function")] = "AWS::Lambda::Function",
        [("logs", "log-group")] = "AWS::Logs::LogGroup",
        [("rds", "cluster")] = "AWS::RDS::DBCluster",
        [("rds", "db")] = "AWS::RDS::DBInstance",
        [("rds", "snapshot")] = "AWS::RDS::DBSnapshot",
        [("s3", "")] = "AWS::S3::Bucket",
        [("secretsmanager", "secret")] = "AWS::SecretsManager::Secret",
        [("sns", "")] = "AWS::SNS::Topic",
        [("sqs", "")] = "AWS::SQS::Queue",
        [("ssm", "association")] = "AWS::SSM::Association",
        [("ssm", "document")] = "AWS::SSM::Document",
        [("ssm", "parameter")] = "AWS::SSM::Parameter",
    }.ToFrozenDictionary();

    /// <summary>As AWS spells it elsewhere; null for kinds that are not in the table.</summary>
    public string? Type => Service == "s3" && Kind.Length > 0 ? "AWS::S3::Object" : Types.GetValueOrDefault((Service, Kind));

    public static bool TryParse(string text, out Arn arn)
    {
        arn = default;
        var parts = text.Split(':', 6);
        if (parts.Length < 6 || parts[0] != "arn") return false;
        var (service, resource) = (parts[2], parts[5]);
        var kindEnd = resource.IndexOfAny(['/', ':']);
        arn = new Arn(service, kindEnd < 0 ? "" : resource[..kindEnd], service == "s3" ? resource : resource[(resource.LastIndexOfAny(['/', ':']) + 1)..]);
        return true;
    }
}
