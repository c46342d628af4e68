namespace Sluice.EndToEnd.Running;

/// <summary>Tests that measure time or memory, or put the machine under load: they run one after the other, when all others have ended.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneCollection
{
    public const string Name = "alone";
}
