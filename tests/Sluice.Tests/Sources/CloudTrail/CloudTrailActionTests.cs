using FsCheck;
using FsCheck.Fluent;
using Sluice.Sources.CloudTrail;

namespace Sluice.Tests.Sources.CloudTrail;

/// <summary>Service and event name become an action.</summary>
public sealed class CloudTrailActionTests
{
    [Theory]
    [InlineData("CreateUser", "create_user")]
    [InlineData("GetRegionOptStatus", "get_region_opt_status")]
    [InlineData("DescribeDBInstances", "describe_db_instances")]
    [InlineData("ListMFADevices", "list_mfa_devices")]
    [InlineData("ListSSHPublicKeys", "list_ssh_public_keys")]
    [InlineData("ListObjectsV2", "list_objects_v2")]
    [InlineData("CreateFunction20150331", "create_function20150331")]
    [InlineData("AddPermission20150331v2", "add_permission20150331v2")]
    [InlineData("GetS3Bucket", "get_s3_bucket")]
    [InlineData("DescribeEC2Instances", "describe_ec2_instances")]
    [InlineData("DeleteVPCs", "delete_vpcs")]
    [InlineData("ListVPCsForZone", "list_vpcs_for_zone")]
    [InlineData("CreateIPSet", "create_ip_set")]
    [InlineData("Decrypt", "decrypt")]
    [InlineData("resource-explorer-2", "resource_explorer_2")]
    [InlineData("Console Login", "console_login")]
    [InlineData("X-Ray.Put", "x_ray_put")]
    [InlineData("SAMLUser", "saml_user")]
    [InlineData("--", "")]
    public void Names_become_snake_case(string name, string expected) => Assert.Equal(expected, CloudTrailAction.SnakeCase(name));

    [Theory]
    [InlineData("iam.amazonaws.com", "CreateUser", "iam.create_user")]
    [InlineData("devops-guru.amazonaws.com", "SearchInsights", "devops_guru.search_insights")]
    [InlineData("partner.example", "Do", "partner_example.do")]
    public void An_action_is_service_and_event(string source, string name, string expected) => Assert.Equal(expected, CloudTrailAction.Of(source, name));

    [Fact]
    public void Snake_case_of_anything_is_small_words_and_changes_no_more()
    {
        Prop.ForAll(ArbMap.Default.ArbFor<NonNull<string>>(), text =>
        {
            var once = CloudTrailAction.SnakeCase(text.Get);
            return once == CloudTrailAction.SnakeCase(once) && once.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_') && !once.Contains("__", StringComparison.Ordinal);
        }).QuickCheckThrowOnFailure();
    }
}
