namespace Sluice.Emulators.Aws;

/// <summary>What is wrong with how a request is signed. Every service has names of its own for it.</summary>
public enum SignatureProblem
{
    Missing,
    Malformed,
    UnknownKey,
    WrongScope,
    Skewed,

    /// <summary>Something that must be signed is not.</summary>
    Uncovered,

    Wrong,
}
