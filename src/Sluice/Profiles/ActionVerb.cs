namespace Sluice.Profiles;

/// <summary>What an action does, for schemas that sort actions by it.</summary>
internal enum ActionVerb
{
    Other,
    Create,
    Read,
    Update,
    Delete,
    Move,
    Enroll,
    Unenroll,
    Enable,
    Disable,
    Activate,
    Deactivate,
    Suspend,
    Resume,
    Logon,
    Logoff,
}
