namespace Sluice.Tests.Fakes;

/// <summary>Tests that measure time: they run one after the other, when all others have ended.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneCollection
{
    public const string Name = "alone";
}
