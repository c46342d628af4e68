using Sluice.Delivery.Definitions;

namespace Sluice.Server.Dialects.GitLab.Streams;

/// <summary>Refusals of destinations in GitLab's words, where it has words for them.</summary>
internal static class PayloadText
{
    public static string Of(DefinitionException refused) => refused.Field switch
    {
        "verification_token" when refused.Message.StartsWith("Another", StringComparison.Ordinal) => "Verification token has already been taken",
        "verification_token" when refused.Message.StartsWith("A destination keeps", StringComparison.Ordinal) => "Verification token cannot be changed",
        _ => refused.Message,
    };
}
