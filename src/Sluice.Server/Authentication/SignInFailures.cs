using System.Net;
using Sluice.Events;
using Sluice.Server.Errors;
using Sluice.Server.SelfAudit;

namespace Sluice.Server.Authentication;

/// <summary>How often each address may fail to sign in: ten times in a minute of the clock, at each node.</summary>
internal sealed class SignInFailures(TimeProvider time)
{
    public const int InAMinute = 10;

    private const int MostAddresses = 10_000;
    private const long NanosecondsOfMinute = 60_000_000_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _failures = [];
    private long _minute;

    /// <summary>Counts a try as failed until it is <see cref="Succeeded"/>, so that tries at the same time are counted too.</summary>
    /// <exception cref="ApiProblem">429: it has failed too often in this minute.</exception>
    public void Begin(IPAddress? from)
    {
        var (now, address) = (Timestamp.Now(time), Counted(from));
        lock (_gate)
        {
            if (_minute != now / NanosecondsOfMinute) _failures.Clear();
            _minute = now / NanosecondsOfMinute;
            var before = _failures.GetValueOrDefault(address);
            if (before >= InAMinute) throw TooMany(TimeSpan.FromTicks((NanosecondsOfMinute - now % NanosecondsOfMinute) / 100));
            if (before > 0 || _failures.Count < MostAddresses) _failures[address] = before + 1;
        }
    }

    public void Succeeded(IPAddress? from)
    {
        lock (_gate)
        {
            if (_failures.TryGetValue(Counted(from), out var tries)) _failures[Counted(from)] = Math.Max(0, tries - 1);
        }
    }

    private static ApiProblem TooMany(TimeSpan wait) =>
        new(429, "rate_limited", $"From your address {InAMinute} sign-ins have failed in this minute. Try again after Retry-After.") { RetryAfter = wait };

    /// <summary>Whoever has one address of version 6 has the 64 bits behind it too.</summary>
    private static string Counted(IPAddress? from)
    {
        if (from is null or { IsIPv4MappedToIPv6: true } or { AddressFamily: System.Net.Sockets.AddressFamily.InterNetwork }) return AddressText.Of(from) ?? "";
        return Convert.ToHexString(from.GetAddressBytes().AsSpan(0, 8));
    }
}
