namespace Sluice.Nodes;

/// <summary>Lets one at a time at each of many things. Nothing is kept for a thing that nobody is at.</summary>
internal sealed class KeyedGates
{
    private readonly Dictionary<string, Gate> _gates = new(StringComparer.Ordinal);

    /// <returns>Leaves when it is disposed.</returns>
    public async ValueTask<IDisposable> EnterAsync(string key, CancellationToken cancellation)
    {
        var gate = Approach(key);
        try
        {
            await gate.Turn.WaitAsync(cancellation);
            return new Stay(this, key, gate);
        }
        catch
        {
            Depart(key, gate);
            throw;
        }
    }

    /// <returns>Null when somebody is there.</returns>
    public IDisposable? TryEnter(string key)
    {
        var gate = Approach(key);
        if (gate.Turn.Wait(0)) return new Stay(this, key, gate);
        Depart(key, gate);
        return null;
    }

    private Gate Approach(string key)
    {
        lock (_gates)
        {
            if (!_gates.TryGetValue(key, out var gate)) _gates[key] = gate = new Gate();
            gate.Near++;
            return gate;
        }
    }

    private void Depart(string key, Gate gate)
    {
        lock (_gates)
        {
            if (--gate.Near == 0) _gates.Remove(key);
        }
    }

    private sealed class Gate
    {
        public SemaphoreSlim Turn { get; } = new(1, 1);

        public int Near { get; set; }
    }

    private sealed class Stay(KeyedGates gates, string key, Gate gate) : IDisposable
    {
        public void Dispose()
        {
            gate.Turn.Release();
            gates.Depart(key, gate);
        }
    }
}
