using System.Text;
using Sluice.Streams;

namespace Sluice.Delivery;

/// <summary>What a destination's refusals say about events: the same for a stream and for its replays.</summary>
internal static class Verdicts
{
    /// <summary>A refusal is a verdict only where the destination took another event lately, and while no earlier refusal waits for that.</summary>
    public static bool IsVerdict(DeliveryResult result, StreamState state, bool hasSuspects) =>
        !hasSuspects && (state.Trusted || result is DeliveryResult.TooLarge);

    /// <summary>Some of so many events were taken.</summary>
    public static bool TookSome(DeliveryResult.PartlyRefused partly, int events) => partly.Events.Count - partly.Taken < events;

    /// <summary>Why the event in this place was refused.</summary>
    public static string Reason(DeliveryResult result, int index) => result switch
    {
        DeliveryResult.Refused refused => refused.Reason,
        DeliveryResult.PartlyRefused partly => partly.Events.FirstOrDefault(refused => refused.Index == index).Reason ?? "The destination refuses it.",
        _ => "The event alone is too large for the destination.",
    };

    /// <summary>The dead letters of a batch that was taken but for some, in order.</summary>
    /// <param name="at">The batch's event in a place.</param>
    /// <param name="letter">Makes a dead letter of an event and the reason.</param>
    public static DeadLetter[] Letters(DeliveryResult.PartlyRefused partly, Func<int, OutgoingEvent> at, Func<OutgoingEvent, string, DeadLetter> letter) =>
        [.. partly.Events.OrderBy(refused => refused.Index).Select(refused => letter(at(refused.Index), refused.Reason))];

    /// <param name="attempts">How often it was sent.</param>
    public static DeadLetter Letter(OutgoingEvent refused, string reason, int attempts, long now)
    {
        var head = refused.Head;
        return new DeadLetter(refused.Sequence, Encoding.UTF8.GetString(head.Id), Encoding.UTF8.GetString(head.TenantId), reason, ErrorClass.Refused, now, attempts);
    }
}
