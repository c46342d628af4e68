using Sluice.Delivery.Definitions;

namespace Sluice.Delivery;

/// <summary>A sort of place that events can be sent to: its name, what a user sets, what one request may hold, and how it is opened.</summary>
public sealed class DestinationKind
{
    private readonly Func<object, BatchLimits> _limits;
    private readonly Func<object, DestinationContext, IDestination> _open;

    private DestinationKind(string name, Type settings, Func<object, BatchLimits> limits, Func<object, DestinationContext, IDestination> open)
    {
        Name = name;
        Schema = new SettingsSchema(settings);
        _limits = limits;
        _open = open;
    }

    /// <summary>What users write as <c>provider</c>. It is stored with their destinations, so it never changes.</summary>
    public string Name { get; }

    /// <summary>The profile of destinations that name none.</summary>
    public string Profile { get; private set; } = "sluice";

    /// <summary>It reaches into the machine that Sluice runs on, so only an instance's admin may make one.</summary>
    public bool IsForInstanceAdmins { get; private set; }

    /// <summary>Batches that its user may have on their way at once; 1, the default, where the order of arrival must hold or calls must not overlap.</summary>
    public int MostInFlight { get; private set; } = 1;

    /// <summary>
    /// A batch's boundaries are stored before it is first sent, and it is sent again with the same events, bytes and <see cref="EventBatch.Key"/> until it is
    /// confirmed, also after a restart and by another node. For kinds that write objects: a retry then writes the same bytes to the same name.
    /// </summary>
    public bool FreezesBatches { get; private set; }

    /// <summary>A batch that is not full waits for more events, <see cref="DeliverySettings.FillFor"/>: its every request leaves something behind, such as an object.</summary>
    public bool FillsBatches { get; private set; }

    public SettingsSchema Schema { get; }

    public static DestinationKind For<T>(string name, BatchLimits limits, Func<T, DestinationContext, IDestination> open)
        where T : class, IDestinationSettings => For(name, _ => limits, open);

    /// <param name="limits">What one request may hold, where that depends on the settings.</param>
    public static DestinationKind For<T>(string name, Func<T, BatchLimits> limits, Func<T, DestinationContext, IDestination> open)
        where T : class, IDestinationSettings =>
        new(name, typeof(T), settings => limits((T)settings), (settings, its) => open((T)settings, its));

    public DestinationKind ForInstanceAdmins() => With(kind => kind.IsForInstanceAdmins = true);

    public DestinationKind AllowingInFlight(int most) => With(kind => kind.MostInFlight = most);

    public DestinationKind FillingBatches() => With(kind => kind.FillsBatches = true);

    public DestinationKind FreezingBatches() => With(kind => kind.FreezesBatches = true);

    public DestinationKind SpelledAs(string profile) => With(kind => kind.Profile = profile);

    internal BatchLimits Limits(object settings, DeliverySettings delivery) => FillsBatches ? Limits(settings) with { Fill = delivery.FillFor } : Limits(settings);

    /// <summary>For events that are sent alone and wait for no others.</summary>
    internal BatchLimits Limits(object settings) => _limits(settings);

    internal IDestination Open(object settings, DestinationContext its) => _open(settings, its);

    private DestinationKind With(Action<DestinationKind> change)
    {
        var changed = (DestinationKind)MemberwiseClone();
        change(changed);
        return changed;
    }
}
