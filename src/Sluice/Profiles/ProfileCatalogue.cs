namespace Sluice.Profiles;

public static class ProfileCatalogue
{
    /// <summary>Every profile that an event can be spelled in. Names are stored with users' destinations, so they never change.</summary>
    public static IReadOnlyList<IProfile> All { get; } =
    [
        SluiceProfile.Instance,
        new ZaitaProfile(),
        new VezaProfile(),
        new TruthlocksProfile(),
        new GitLabProfile(),
        new ZitadelProfile(),
        new CloudEventsProfile(),
        new OcsfProfile(),
        new EcsProfile(),
        new CefProfile(),
        new LeefProfile(),
    ];

    /// <summary>The profile of that name.</summary>
    public static IProfile Named(string name) => All.First(profile => profile.Name == name);
}
