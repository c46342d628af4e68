using System.Net;

namespace Sluice.Server.SelfAudit;

/// <summary>Which calls without a key stand alone: the first few of an address in each second.</summary>
internal sealed class AnonymousCalls(int alone, int mostAddresses)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<IPAddress, int> _calls = [];
    private long _second;

    /// <param name="at">In nanoseconds since 1970.</param>
    public bool Stands(IPAddress from, long at)
    {
        lock (_gate)
        {
            if (at / 1_000_000_000 > _second)
            {
                _second = at / 1_000_000_000;
                _calls.Clear();
            }

            var before = _calls.GetValueOrDefault(from);
            if (before < alone && _calls.Count < mostAddresses) _calls[from] = before + 1;
            return before < alone && _calls.Count < mostAddresses;
        }
    }
}
