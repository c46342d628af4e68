namespace Sluice.SelfAudit;

/// <summary>
/// On whose behalf the configuration is being changed. It flows with the call that changes it, and only the commands themselves ask for it: what a stream
/// does later by itself is Sluice's own, whoever started the stream.
/// </summary>
public sealed record ChangeOrigin(OwnActor Actor)
{
    private static readonly AsyncLocal<ChangeOrigin?> Flowing = new();

    public string? ApiKeyId { get; init; }

    public string? SessionId { get; init; }

    public string? SourceIp { get; init; }

    public string? UserAgent { get; init; }

    public string? RequestId { get; init; }

    /// <summary>Sluice itself unless somebody was named.</summary>
    public static ChangeOrigin Current
    {
        get => Flowing.Value ?? Own;
        set => Flowing.Value = value;
    }

    /// <summary>Whoever runs a command beside the data.</summary>
    public static ChangeOrigin CommandLine { get; } = new(new OwnActor("system", "sluice-cli", Environment.UserName));

    private static ChangeOrigin Own { get; } = new(OwnActor.Sluice);
}
