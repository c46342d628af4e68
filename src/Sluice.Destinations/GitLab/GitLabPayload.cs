using System.Buffers;
using System.Text;
using Sluice.Delivery;
using Sluice.Destinations.Http;

namespace Sluice.Destinations.GitLab;

/// <summary>One event is one body, as its profile spells it.</summary>
internal static class GitLabPayload
{
    public static void Write(OutgoingEvent outgoing, IBufferWriter<byte> output) => output.Write(outgoing.Spelled.Span);

    /// <summary>The event's type for a header, which takes only ASCII: other letters are percent-encoded.</summary>
    public static string EventType(OutgoingEvent outgoing)
    {
        var action = Encoding.UTF8.GetString(outgoing.Head.Action);
        return CustomHeader.IsValue(action) ? action : Uri.EscapeDataString(action);
    }
}
