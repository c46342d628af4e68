using System.Text;

namespace Sluice.Benchmarks.Workload;

/// <summary>The part of an event that many events share: who did what, and how.</summary>
internal sealed record EventTail(string Actor, string Tenant, string Action, byte[] Text)
{
    public const int Tenants = 37;

    private const int Actors = 50_000;

    private static readonly string[] Agents =
    [
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0 Safari/537.36",
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0",
        "terraform-provider/2.4.1 (linux; amd64)", "python-httpx/0.28.1",
    ];

    private static readonly string[] Actions =
    [
        "certificate.issue", "certificate.renew", "certificate.revoke", "certificate.install", "ca.create", "user.login",
        "user.logout", "role.assign", "group.add_member", "api_key.create", "policy.change", "scan.run",
    ];

    private static readonly string[] Names = ["Ada Holm", "Jürgen Weiß", "Ines Da Conceição", "李 小龍", "O\\\"Neil, Sam", "Zoë", "Nia Mbeki-Laurent"];
    private static readonly string[] Outcomes = ["success", "success", "success", "failure", "denied"];

    /// <summary>Few actors do most, as in life: a cube law over 50,000.</summary>
    public static EventTail Make(RandomWords random, int number)
    {
        var user = (int)(Actors * Math.Pow(random.Fraction(number, 0), 3));
        var tenant = user % Tenants;
        var (actor, action) = ($"usr_{user:x6}", Actions[random.Below(number, 1, Actions.Length)]);
        var text = $$$"""
            "},"tenant_id":"{{{TenantOf(tenant)}}}","action":"{{{action}}}","outcome":"{{{Outcomes[random.Below(number, 2, Outcomes.Length)]}}}","service":"pki",
            "actor":{"type":"user","id":"{{{actor}}}","name":"{{{Names[user % Names.Length]}}}","email":"u{{{user}}}@corp{{{tenant}}}.example"},
            "source_ip":"10.{{{user % 7}}}.{{{user % 251}}}.{{{user % 199}}}","user_agent":"{{{Agents[random.Below(number, 3, Agents.Length)]}}}",
            "metadata":{"ca_id":"ca_{{{random.Below(number, 4, 65_536):x4}}}","validity_days":{{{30 + random.Below(number, 5, 256)}}},
            "serial":"{{{random.At(number, 6):x16}}}{{{random.At(number, 7):x16}}}","labels":["prod","eu-{{{random.Below(number, 8, 8)}}}"]}}
            """;
        return new EventTail(actor, TenantOf(tenant), action, Encoding.UTF8.GetBytes(text.ReplaceLineEndings("")));
    }

    public static string TenantOf(int number) => $"tnt_{number:d4}";
}
