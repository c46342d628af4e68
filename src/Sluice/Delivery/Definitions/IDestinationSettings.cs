using System.Text.Json.Nodes;
using Sluice.Profiles;

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

    /// <summary>Refuses what may be kept where it is and not be set up anew.</summary>
    /// <param name="before">The settings that these replace; null for a new destination.</param>
    /// <exception cref="DefinitionException">A member cannot be used here.</exception>
    void CheckChange(object? before, DeliverySettings delivery)
    {
    }

    /// <summary>What else must not be shown: parts of credentials, and what is made of them.</summary>
    IEnumerable<string> HiddenTexts() => [];

    /// <summary>Adds what a new destination needs and its user did not give. It changes nothing that is there.</summary>
    /// <param name="members">The members as they will be stored.</param>
    void Complete(JsonObject members)
    {
    }

    /// <summary>What its user should know about these settings, although they are allowed.</summary>
    string? Warning => null;

    /// <summary>What the kind's own members say about the stream, over what the user set for it.</summary>
    /// <exception cref="DefinitionException">The two disagree.</exception>
    StreamSettings Narrow(StreamSettings stream) => stream;

    /// <summary>Leaves out of the spelled event what the kind's own members keep back. What remains is what its user is shown of it, too.</summary>
    IProfile Narrow(IProfile profile) => profile;
}
