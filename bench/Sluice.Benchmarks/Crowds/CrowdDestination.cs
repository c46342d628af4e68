using System.Globalization;
using System.Net;
using Sluice.Benchmarks.Workload;

namespace Sluice.Benchmarks.Crowds;

/// <summary>One of many destinations: what is posted to set it up, and which events it is to get.</summary>
/// <param name="Takes">Of an event's tenant and action.</param>
internal sealed record CrowdDestination(object Definition, Func<string, string, bool> Takes)
{
    public const int Healthy = 50, TakingAll = 10, OfOneTenant = 20, Bad = 150;

    private static readonly string[] Batched = ["webhook", "splunk", "datadog", "elastic", "otlp"];

    /// <summary>A tenant's few events may also go one a request.</summary>
    private static readonly string[] All = [.. Batched, "http"];

    private static readonly string[][] Types = [["user.*"], ["certificate.issue"], ["policy.change", "role.assign"], ["ca.*", "api_key.*", "scan.*"]];

    /// <summary>10 that take every event, 20 that take one tenant's, 20 that take some types; of all kinds that can keep up on one connection.</summary>
    /// <param name="onlyAll">Every one takes every event.</param>
    public static IReadOnlyList<CrowdDestination> HealthyOnes(IPEndPoint receiver, bool onlyAll) => [.. Enumerable.Range(0, Healthy).Select(number =>
    {
        if (onlyAll || number < TakingAll) return Make(receiver, "ok", Batched[number % Batched.Length], number, [], (_, _) => true);
        if (number < TakingAll + OfOneTenant) return OfTenant(receiver, number, EventTail.TenantOf(number - TakingAll));
        var types = Types[number % Types.Length];
        return Make(receiver, "ok", Batched[number % Batched.Length], number, new() { ["event_types"] = types }, (_, action) => types.Any(type => IsOf(type, action)));
    })];

    /// <summary>A third refuses connections, a third answers after 20 s or never, a third answers 429 or 503. All are to get every event.</summary>
    public static IReadOnlyList<CrowdDestination> BadOnes(IPEndPoint receiver, IPEndPoint nobody) => [.. Enumerable.Range(0, Bad).Select(number =>
    {
        var (address, behaviour) = (number % 6) switch
        {
            0 or 3 => (nobody, "dead"),
            1 => (receiver, "slow"),
            4 => (receiver, "never"),
            2 => (receiver, "busy"),
            _ => (receiver, "down"),
        };
        return Make(address, behaviour, Batched[number / 6 % 3], number, [], (_, _) => true);
    })];

    private static CrowdDestination OfTenant(IPEndPoint receiver, int number, string tenant) => Make(
        receiver, "ok", All[number % All.Length], number, new() { ["filter"] = $"tenant_id EQ \"{tenant}\"" }, (its, _) => its == tenant);

    private static CrowdDestination Make(
        IPEndPoint receiver, string behaviour, string kind, int number, Dictionary<string, object> members, Func<string, string, bool> takes)
    {
        members["name"] = $"{behaviour} {number.ToString(CultureInfo.InvariantCulture)}";
        (members["provider"], members["endpoint"]) = (kind, $"http://{receiver}/{behaviour}/{kind}/{number:d3}");
        if (kind is "splunk" or "datadog" or "elastic") members["token"] = "token-of-no-secrecy";
        if (kind == "http") members["profile"] = "sluice";
        return new CrowdDestination(members, takes);
    }

    private static bool IsOf(string type, string action) =>
        type.EndsWith(".*", StringComparison.Ordinal) ? action.StartsWith(type[..^1], StringComparison.Ordinal) : action == type;
}
