namespace Sluice.Profiles;

/// <summary>Where ECS sorts an event: its <c>event.category</c> and <c>event.type</c>, from the values that ECS allows.</summary>
internal static class EcsCategory
{
    /// <summary>A list as a JSON text; nothing when ECS has no place for such events.</summary>
    public static ReadOnlySpan<byte> Of(in EventText e)
    {
        if (ActionVerbs.Of(e.Text(EventField.Action)) is ActionVerb.Logon or ActionVerb.Logoff) return "[\"authentication\",\"session\"]"u8;
        var category = e.Text(EventField.Category);
        if (category.SequenceEqual("authentication"u8)) return "[\"authentication\"]"u8;
        if (category.SequenceEqual("machine_account"u8) || category.SequenceEqual("administration"u8)) return "[\"iam\"]"u8;
        if (category.SequenceEqual("certificate_lifecycle"u8) || category.SequenceEqual("pki_operations"u8) || category.SequenceEqual("deployment"u8))
            return "[\"configuration\"]"u8;
        if (category.SequenceEqual("security"u8)) return "[\"intrusion_detection\"]"u8;
        return e.Has(EventField.ApiCall) ? "[\"api\"]"u8 : default;
    }

    /// <summary>A list as a JSON text.</summary>
    public static ReadOnlySpan<byte> TypeOf(in EventText e) => ActionVerbs.Of(e.Text(EventField.Action)) switch
    {
        ActionVerb.Create or ActionVerb.Enroll => e.IsDenied ? "[\"creation\",\"denied\"]"u8 : "[\"creation\"]"u8,
        ActionVerb.Read => e.IsDenied ? "[\"access\",\"denied\"]"u8 : "[\"access\"]"u8,
        ActionVerb.Delete or ActionVerb.Unenroll => e.IsDenied ? "[\"deletion\",\"denied\"]"u8 : "[\"deletion\"]"u8,
        ActionVerb.Logon => e.IsDenied ? "[\"start\",\"denied\"]"u8 : "[\"start\"]"u8,
        ActionVerb.Logoff => e.IsDenied ? "[\"end\",\"denied\"]"u8 : "[\"end\"]"u8,
        ActionVerb.Other => e.IsDenied ? "[\"info\",\"denied\"]"u8 : "[\"info\"]"u8,
        _ => e.IsDenied ? "[\"change\",\"denied\"]"u8 : "[\"change\"]"u8,
    };
}
