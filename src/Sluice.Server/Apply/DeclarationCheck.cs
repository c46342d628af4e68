using System.Text.Json.Nodes;
using Sluice.Delivery;
using Sluice.Delivery.Definitions;
using Sluice.Destinations;
using Sluice.Profiles;
using Sluice.Secrets;

namespace Sluice.Server.Apply;

/// <summary>
/// Judges a destination as the server will, before anything is sent: with the very code that reads its API. What depends on the server (its settings, its
/// events, its other destinations, the key) is left to it.
/// </summary>
internal static class DeclarationCheck
{
    private static readonly DefinitionReader Reader = new(DestinationCatalogue.All, ProfileCatalogue.All, new InMemory(), new DeliverySettings { AllowPrivateEndpoints = true, AllowPlainHttp = true, AllowChangefeeds = true });

    /// <summary>All faults that can be told apart: a member that has one is left out, and the rest judged again.</summary>
    /// <returns>Null when there is any.</returns>
    public static DestinationDefinition? Read(JsonObject given, string? tenant, Action<string?, string> report)
    {
        var (left, isRight) = (given.DeepClone().AsObject(), true);
        foreach (var own in given.Select(member => member.Key).Where(DefinitionReader.IsShownOnly))
        {
            Report(own, $"{own} is Sluice's to set: leave it out.");
            left.Remove(own);
        }

        while (true)
        {
            try
            {
                var definition = Reader.Create(left.DeepClone().AsObject(), tenant, now: 0);
                return isRight ? definition : null;
            }
            catch (DefinitionException refused)
            {
                var member = refused.Field is { } field ? MemberPath.First(field) : null;
                var wasTaken = member is not null && given.ContainsKey(member) && !left.ContainsKey(member);
                if (!wasTaken) Report(refused.Field, Text(refused));
                if (member is null or "provider" || !left.Remove(member)) return null;
            }
        }

        void Report(string? field, string message)
        {
            isRight = false;
            report(field, message);
        }
    }

    private static string Text(DefinitionException refused) => (refused.Line, refused.Column) switch
    {
        ({ } line, { } column) => $"{refused.Message} (line {line}, column {column} of {refused.Field})",
        (_, { } column) => $"{refused.Message} (column {column} of {refused.Field})",
        _ => refused.Message,
    };

    /// <summary>Nothing is stored here.</summary>
    private sealed class InMemory : ISecretProtector
    {
        public byte[] Protect(byte[] plain, string purpose) => plain;

        public byte[] Unprotect(byte[] cipher, string purpose) => cipher;
    }
}
