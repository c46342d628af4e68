namespace Sluice.Delivery.Definitions;

/// <summary>
/// What a user types for one kind. Members are its properties in snake case; a <c>required</c> one must be given, a <see cref="Secrets.Secret"/> is a
/// credential and in no answer. Its <see cref="System.ComponentModel.DescriptionAttribute"/> is what the API's description says of a member.
/// </summary>
public interface IDestinationSettings
{
    /// <summary>Refuses what no type can express. Never connects or resolves anything.</summary>
    /// <exception cref="DefinitionException">A member cannot be used.</exception>
    void Check(DeliverySettings delivery)
    {
    }

    /// <summary>What the kind's own members say about the stream, over what the user set for it.</summary>
    /// <exception cref="DefinitionException">The two disagree.</exception>
    StreamSettings Narrow(StreamSettings stream) => stream;

    /// <summary>What else must not be shown: parts of credentials, and what is made of them.</summary>
    IEnumerable<string> HiddenTexts() => [];
}
