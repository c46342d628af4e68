namespace Sluice.Profiles;

/// <summary>The OCSF class that an event belongs to, and its activity in it.</summary>
internal readonly record struct OcsfClass(int Uid, int Activity)
{
    public const int Authentication = 3002;
    public const int EntityManagement = 3004;
    public const int ApiActivity = 6003;
    public const int OtherActivity = 99;

    private const int Logon = 1;
    private const int Logoff = 2;

    public static OcsfClass Of(in EventText e)
    {
        var verb = ActionVerbs.Of(e.Text(EventField.Action));
        if (verb is ActionVerb.Logon && e.Has(EventField.ActorId)) return new OcsfClass(Authentication, Logon);
        if (verb is ActionVerb.Logoff && e.Has(EventField.ActorId)) return new OcsfClass(Authentication, Logoff);
        if (!e.Has(EventField.ApiCall) && e.HasAny(EventField.ResourceId, EventField.ResourceName)) return new OcsfClass(EntityManagement, EntityActivity(verb));
        return new OcsfClass(ApiActivity, CallActivity(verb));
    }

    private static int CallActivity(ActionVerb verb) => verb switch
    {
        ActionVerb.Create or ActionVerb.Enroll => 1,
        ActionVerb.Read => 2,
        ActionVerb.Delete or ActionVerb.Unenroll => 4,
        ActionVerb.Other or ActionVerb.Logon or ActionVerb.Logoff => OtherActivity,
        _ => 3,
    };

    private static int EntityActivity(ActionVerb verb) => verb switch
    {
        ActionVerb.Create => 1,
        ActionVerb.Read => 2,
        ActionVerb.Update => 3,
        ActionVerb.Delete => 4,
        ActionVerb.Move => 5,
        ActionVerb.Enroll => 6,
        ActionVerb.Unenroll => 7,
        ActionVerb.Enable => 8,
        ActionVerb.Disable => 9,
        ActionVerb.Activate => 10,
        ActionVerb.Deactivate => 11,
        ActionVerb.Suspend => 12,
        ActionVerb.Resume => 13,
        _ => OtherActivity,
    };
}
