using System.Text.Json.Nodes;

namespace Sluice.Delivery.Definitions;

/// <summary>A member of which a part is secret. Its JSON converter reads it whole and writes it with that part masked; it is stored among the secrets.</summary>
public interface IPartlySecret
{
    IEnumerable<string> Secrets { get; }

    /// <summary>What of it is shown at all is shown to admins only; others see that there is one.</summary>
    bool IsForAdmins => false;

    /// <summary>Takes from what was stored before the secret parts that came back masked, because an answer was edited and sent again.</summary>
    IPartlySecret Over(IPartlySecret? previous);

    /// <summary>Its user clears it.</summary>
    /// <exception cref="DefinitionException">It cannot be cleared.</exception>
    void Clear()
    {
    }

    /// <summary>The whole value, for storing.</summary>
    JsonNode Whole();
}
