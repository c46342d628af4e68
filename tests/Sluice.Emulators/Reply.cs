namespace Sluice.Emulators;

/// <summary>What it does with a request. Without a status it drops the connection; a held one is never answered; of a cut one half of the body is sent before the connection breaks, or hangs when it is held too.</summary>
public sealed record Reply(int? Status, string Body = "", IReadOnlyDictionary<string, string>? Headers = null, bool Hold = false, bool Cut = false)
{
    public bool IsSuccess => Status is >= 200 and < 300;

    public static Reply Reset { get; } = new((int?)null);

    public static Reply Held { get; } = new(null, Hold: true);
}
