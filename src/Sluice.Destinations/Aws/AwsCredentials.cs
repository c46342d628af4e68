using Sluice.Secrets;

namespace Sluice.Destinations.Aws;

/// <param name="SessionToken">Of temporary credentials only.</param>
internal sealed record AwsCredentials(Secret AccessKeyId, Secret SecretAccessKey, Secret? SessionToken = null);
