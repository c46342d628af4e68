using System.Security.Cryptography;
using System.Text;
using Sluice.Server.Configuration;
using Sluice.Sources;
using Sluice.Sources.CloudTrail;

namespace Sluice.Server.Import;

/// <summary>What one run imports, and where to.</summary>
/// <param name="File">A path, or <c>-</c> for standard input.</param>
/// <param name="From">A name of <see cref="Sources"/>.</param>
/// <param name="PositionFile">Where the run keeps how far it came; null when it keeps nothing.</param>
internal sealed record ImportOptions(string File, string From, string? Tenant, Uri Url, SecretText Key, string? PositionFile)
{
    public const string StandardInput = "-";

    /// <summary>Every spelling that can be imported. Adding one means adding one line here.</summary>
    public static IReadOnlyDictionary<string, Func<string?, IEventSource>> Sources { get; } = new Dictionary<string, Func<string?, IEventSource>>
    {
        ["sluice"] = tenant => new SluiceSource(tenant),
        ["cloudtrail"] = tenant => new CloudTrailSource(tenant),
    };

    public IEventSource CreateSource() => Sources[From](Tenant);

    /// <summary>Tells two keys apart without telling anything of them: an earlier run's key may have been another tenant's.</summary>
    public string KeyMark => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes("sluice import\n" + Key.Reveal())).AsSpan(0, 4));
}
