using Sluice.Verification;

namespace Sluice.Migration;

/// <summary>Where a migration tells a person how it goes. Reports begin anew when verifying begins.</summary>
public interface IMigrationOutput : IProgress<VerificationProgress>
{
    /// <summary>One line that stays.</summary>
    void Say(string line);
}
