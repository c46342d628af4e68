using System.Text;
using Sluice.Profiles;
using Sluice.Tests.Approved;

namespace Sluice.Tests.Profiles;

/// <summary>The bytes that receivers get. Whoever wrote a parser, a rule or a dashboard depends on them.</summary>
public sealed class ApprovedProfileTests
{
    public static TheoryData<string> Profiles => [.. ProfileCatalogue.All.Select(profile => profile.Name)];

    [Theory]
    [MemberData(nameof(Profiles))]
    public void A_profile_spells_events_as_approved(string profile)
    {
        var text = new StringBuilder();
        foreach (var (title, sent) in Telling.All) text.Append($"# {title}\n{Telling.Spelled(profile, Telling.Stored(sent))}\n\n");

        ApprovedText.Check($"profile-{profile}.txt", text.ToString());
    }
}
