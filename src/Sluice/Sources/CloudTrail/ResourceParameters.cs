using System.Collections.Frozen;

namespace Sluice.Sources.CloudTrail;

/// <summary>
/// Which request parameter names the thing acted on, service by service. The first that the request has counts, so what is changed stands before what
/// it is attached to, and the narrower thing before the wider: a rule's group before its network, a snapshot before its volume.
/// </summary>
internal static class ResourceParameters
{
    private static readonly (string Parameter, string? Type)[] AnyService = [("resourceArn", null), ("resourceARN", null), ("arn", null), ("roleArn", "AWS::IAM::Role")];

    private static readonly FrozenDictionary<string, (string Parameter, string? Type)[]> ByService = new Dictionary<string, (string, string?)[]>
    {
        ["cloudtrail"] = [("name", "AWS::CloudTrail::Trail"), ("trailName", "AWS::CloudTrail::Trail")],
        ["dynamodb"] = [("tableName", "AWS::DynamoDB::Table")],
        ["ec2"] =
        [
            ("instanceId", "AWS::EC2::Instance"), ("instancesSet/items/instanceId", "AWS::EC2::Instance"), ("snapshotId", "AWS::EC2::Snapshot"),
            ("imageId", "AWS::EC2::Image"), ("volumeId", "AWS::EC2::Volume"), ("networkInterfaceId", "AWS::EC2::NetworkInterface"),
            ("groupId", "AWS::EC2::SecurityGroup"), ("groupName", "AWS::EC2::SecurityGroup"), ("keyName", "AWS::EC2::KeyPair"),
            ("allocationId", "AWS::EC2::EIP"), ("routeTableId", "AWS::EC2::RouteTable"), ("internetGatewayId", "AWS::EC2::InternetGateway"),
            ("DeleteNatGatewayRequest/NatGatewayId", "AWS::EC2::NatGateway"), ("networkAclId", "AWS::EC2::NetworkAcl"), ("subnetId", "AWS::EC2::Subnet"),
            ("vpcId", "AWS::EC2::VPC"),
        ],
        ["guardduty"] = [("detectorId", "AWS::GuardDuty::Detector")],
        ["iam"] =
        [
            ("instanceProfileName", "AWS::IAM::InstanceProfile"), ("userName", "AWS::IAM::User"), ("roleName", "AWS::IAM::Role"), ("groupName", "AWS::IAM::Group"),
            ("policyArn", "AWS::IAM::Policy"), ("policyName", "AWS::IAM::Policy"), ("sAMLProviderArn", "AWS::IAM::SAMLProvider"),
        ],
        ["kms"] = [("keyId", "AWS::KMS::Key"), ("aliasName", "AWS::KMS::Alias")],
        ["lambda"] = [("functionName", "AWS::Lambda::Function")],
        ["logs"] = [("logGroupName", "AWS::Logs::LogGroup")],
        ["rds"] =
        [
            ("dBSnapshotIdentifier", "AWS::RDS::DBSnapshot"), ("dBClusterSnapshotIdentifier", "AWS::RDS::DBClusterSnapshot"),
            ("dBInstanceIdentifier", "AWS::RDS::DBInstance"), ("dBClusterIdentifier", "AWS::RDS::DBCluster"), ("dBSubnetGroupName", "AWS::RDS::DBSubnetGroup"),
            ("resourceName", null),
        ],
        ["rolesanywhere"] = [("profileId", "AWS::RolesAnywhere::Profile"), ("trustAnchorId", "AWS::RolesAnywhere::TrustAnchor")],
        ["s3"] = [("bucketName", "AWS::S3::Bucket"), ("bucket", "AWS::S3::Bucket")],
        ["secretsmanager"] = [("secretId", "AWS::SecretsManager::Secret"), ("name", "AWS::SecretsManager::Secret")],
        ["sns"] = [("topicArn", "AWS::SNS::Topic"), ("name", "AWS::SNS::Topic")],
        ["sqs"] = [("queueUrl", "AWS::SQS::Queue"), ("queueName", "AWS::SQS::Queue")],
        ["ssm"] = [("instanceId", "AWS::EC2::Instance"), ("documentName", "AWS::SSM::Document"), ("associationId", "AWS::SSM::Association"), ("resourceId", null), ("name", null)],
    }.ToFrozenDictionary(service => service.Key, service => service.Value.Concat(AnyService).ToArray());

    /// <summary>Parameters as paths, each with the type that it names; null where only an ARN in it tells.</summary>
    public static IReadOnlyList<(string Parameter, string? Type)> Of(string service) => ByService.GetValueOrDefault(service, AnyService);
}
