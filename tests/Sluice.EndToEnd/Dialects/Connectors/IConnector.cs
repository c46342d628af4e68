namespace Sluice.EndToEnd.Dialects.Connectors;

/// <summary>A SIEM's way to fetch events, as its configuration in <c>deploy/collectors</c> has it do.</summary>
internal interface IConnector
{
    /// <summary>What its schedule makes it do each time; the state that it keeps is that of its product.</summary>
    /// <returns>The events that reached the SIEM, each a JSON text.</returns>
    Task<IReadOnlyList<string>> PollAsync();
}
