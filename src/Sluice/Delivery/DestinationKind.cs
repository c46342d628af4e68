using Sluice.Delivery.Definitions;

namespace Sluice.Delivery;

/// <summary>A sort of place that events can be sent to: its name, what a user sets, what one request may hold, and how it is opened.</summary>
public sealed class DestinationKind
{
    private readonly Type _settings;
    private readonly Func<object, BatchLimits> _limits;
    private readonly Func<object, DestinationContext, IDestination> _open;

    private DestinationKind(string name, Type settings, Func<object, BatchLimits> limits, Func<object, DestinationContext, IDestination> open)
    {
        Name = name;
        _settings = settings;
        Schema = new SettingsSchema(settings);
        _limits = limits;
        _open = open;
    }

    /// <summary>What users write as <c>provider</c>. It is stored with their destinations, so it never changes.</summary>
    public string Name { get; }

    /// <summary>The profile of destinations that name none.</summary>
    public string Profile { get; init; } = "sluice";

    /// <summary>It reaches into the machine that Sluice runs on, so only an instance's admin may make one.</summary>
    public bool IsForInstanceAdmins { get; private init; }

    public SettingsSchema Schema { get; }

    public static DestinationKind For<T>(string name, BatchLimits limits, Func<T, DestinationContext, IDestination> open)
        where T : class, IDestinationSettings => For(name, _ => limits, open);

    /// <param name="limits">What one request may hold, where that depends on the settings.</param>
    public static DestinationKind For<T>(string name, Func<T, BatchLimits> limits, Func<T, DestinationContext, IDestination> open)
        where T : class, IDestinationSettings =>
        new(name, typeof(T), settings => limits((T)settings), (settings, its) => open((T)settings, its));

    public DestinationKind ForInstanceAdmins() => new(Name, _settings, _limits, _open) { Profile = Profile, IsForInstanceAdmins = true };

    public DestinationKind SpelledAs(string profile) => new(Name, _settings, _limits, _open) { Profile = profile, IsForInstanceAdmins = IsForInstanceAdmins };

    internal BatchLimits Limits(object settings) => _limits(settings);

    internal IDestination Open(object settings, DestinationContext its) => _open(settings, its);
}
