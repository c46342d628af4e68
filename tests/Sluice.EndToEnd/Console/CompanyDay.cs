using System.Text;
using System.Text.Json;

namespace Sluice.EndToEnd.Console;

/// <summary>Two days of a small company, the same each time but for their date: people who work by day, machines at any hour, somebody who tries doors.</summary>
internal static class CompanyDay
{
    private const int Count = 3_600;

    private static readonly TimeSpan TwoDays = TimeSpan.FromDays(2);

    private static readonly (string Id, string Name, string Address)[] People =
    [
        ("usr_lena", "Lena Fischer", "198.51.100.24"), ("usr_omar", "Omar Haddad", "198.51.100.31"), ("usr_grace", "Grace Kim", "203.0.113.9"),
        ("usr_jonas", "Jonas Weber", "198.51.100.77"), ("usr_amara", "Amara Obi", "203.0.113.58"), ("usr_paul", "Paul Martin", "192.0.2.14"),
    ];

    private static readonly (string Action, string Type, int Weight)[] Actions =
    [
        ("user.login", "session", 9), ("document.read", "document", 24), ("document.update", "document", 10), ("document.share", "document", 4),
        ("invoice.approve", "invoice", 5), ("user.role_change", "user", 1), ("export.create", "report", 2), ("api_key.create", "api_key", 1),
    ];

    /// <summary>A request's body: an event a line.</summary>
    public static string Lines(DateTimeOffset now)
    {
        var random = new Random(7);
        var lines = new StringBuilder();
        for (var i = 0; i < Count; i++)
        {
            var at = now - (Count - 1 - i) * TwoDays / Count;
            if (random.NextDouble() < Bustle(at)) lines.AppendLine(Line(random, i, at));
        }

        return lines.ToString();
    }

    /// <summary>At noon most is done, and at night a tenth of it.</summary>
    private static double Bustle(DateTimeOffset at) => 0.55 - (0.45 * Math.Cos(2 * Math.PI * at.TimeOfDay.TotalDays));

    private static string Line(Random random, int index, DateTimeOffset at)
    {
        var (id, name, address) = People[(int)(People.Length * Math.Pow(random.NextDouble(), 1.4))];
        var (action, type, _) = Pick(random);
        var outcome = random.Next(100) switch { < 4 => "denied", < 9 => "failure", _ => "success" };
        if (index % 140 < 5) (id, name, address, action, type, outcome) = ("usr_unknown", "unknown", "192.0.2.200", "user.login", "session", "denied");
        else if (index % 11 == 0) address = "203.0.113.140";   // from home
        var number = random.Next(1, 240);
        return JsonSerializer.Serialize(new
        {
            id = $"evt_{index:d5}",
            timestamp = at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture),
            tenant_id = index % 3 == 0 ? "globex" : "acme",
            action,
            outcome,
            actor = new { type = "user", id, name },
            resource = new { type, id = $"{type[..3]}_{number:d4}" },
            source_ip = address,
            user_agent = "Mozilla/5.0 (X11; Linux x86_64)",
            request_id = $"req_{random.Next():x8}",
        });
    }

    private static (string Action, string Type, int Weight) Pick(Random random)
    {
        var left = random.Next(Actions.Sum(one => one.Weight));
        return Actions.First(one => (left -= one.Weight) < 0);
    }
}
