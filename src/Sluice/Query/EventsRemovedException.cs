namespace Sluice.Query;

/// <summary>Retention removed events that a walk upwards had not read yet.</summary>
public sealed class EventsRemovedException(long first, long last)
    : Exception($"Events {first} to {last} were removed by retention before they were read.")
{
    public long First { get; } = first;

    public long Last { get; } = last;
}
