namespace Sluice.Delivery.Definitions;

/// <summary>Settings of a kind whose destinations cannot have everything in common.</summary>
public interface IUniqueSettings : IDestinationSettings
{
    /// <summary>Asked for every destination of the kind that is there, while no other one can come.</summary>
    /// <exception cref="DefinitionException">The new one cannot be beside it.</exception>
    void CheckBeside(IDestinationSettings other);
}
