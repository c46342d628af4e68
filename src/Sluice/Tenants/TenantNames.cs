using System.Text;

namespace Sluice.Tenants;

public static class TenantNames
{
    /// <summary>The tenant of an event sent with an instance key that names none.</summary>
    public const string Default = "default";

    /// <summary>Sluice's own tenant, with a ledger of its own. Nobody can write to it from outside.</summary>
    public const string Sluice = "_sluice";

    private const int LongestId = 256;

    /// <summary>Events can have it as their tenant.</summary>
    public static bool IsId(string text) => text.Length > 0 && Encoding.UTF8.GetByteCount(text) <= LongestId && !text.Any(char.IsControl);
}
