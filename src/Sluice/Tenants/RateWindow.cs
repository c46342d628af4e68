namespace Sluice.Tenants;

internal enum RateVerdict
{
    Taken,
    Refused,

    /// <summary>What this node may give out is used up; there may be more.</summary>
    NeedsMore,
}

/// <summary>What one node may give out in the current minute, and has given out.</summary>
internal sealed class RateWindow
{
    private readonly Lock _lock = new();
    private long _minute = -1;
    private long _left;
    private bool _isFixed;

    /// <summary>Amounts of which there is no more in this minute.</summary>
    private long _refusedFrom;

    /// <param name="whole">All there is for the minute, when nobody else gives out of it; zero when it has to be asked for.</param>
    public RateVerdict Take(long minute, long amount, long whole)
    {
        lock (_lock)
        {
            if (_minute != minute) (_minute, _left, _isFixed, _refusedFrom) = (minute, whole, whole > 0, long.MaxValue);
            return TakeLeft(amount);
        }
    }

    public RateVerdict Add(long minute, long leased, long amount)
    {
        lock (_lock)
        {
            if (_minute == minute) _left += leased;
            return _minute == minute ? TakeLeft(amount) : RateVerdict.Taken;
        }
    }

    /// <summary>There is no more for this amount in this minute.</summary>
    public RateVerdict Close(long minute, long amount)
    {
        lock (_lock)
        {
            if (_minute == minute) _refusedFrom = Math.Min(_refusedFrom, amount);
        }

        return RateVerdict.Refused;
    }

    private RateVerdict TakeLeft(long amount)
    {
        if (_left >= amount)
        {
            _left -= amount;
            return RateVerdict.Taken;
        }

        return _isFixed || amount >= _refusedFrom ? RateVerdict.Refused : RateVerdict.NeedsMore;
    }
}
