namespace Sluice.Streams;

/// <summary>What kept a destination from taking events, in the words that users see.</summary>
public enum ErrorClass
{
    Dns,
    Connect,
    Tls,
    Auth,
    NotFound,
    Throttled,
    Server,
    Timeout,
    Refused,
}

public static class ErrorClassNames
{
    public static string Name(this ErrorClass error) => error switch
    {
        ErrorClass.Dns => "dns",
        ErrorClass.Connect => "connect",
        ErrorClass.Tls => "tls",
        ErrorClass.Auth => "auth",
        ErrorClass.NotFound => "not_found",
        ErrorClass.Throttled => "throttled",
        ErrorClass.Server => "server",
        ErrorClass.Timeout => "timeout",
        _ => "refused",
    };
}
