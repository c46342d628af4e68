namespace Sluice.Destinations.Gcs;

/// <summary>
/// Names under which an object may be although no answer said so: after an attempt whose end is unknown, and, as an earlier process may have made such an
/// attempt, for all that is tried before the first object is confirmed.
/// </summary>
internal sealed class UncertainNames
{
    private readonly Lock _lock = new();
    private readonly HashSet<string> _names = [];
    private readonly Dictionary<string, int> _copies = [];
    private bool _anyConfirmed;

    /// <summary>Whether it may have been written before the attempt that begins now.</summary>
    public bool Begin(string name)
    {
        lock (_lock) return !_names.Add(name) || !_anyConfirmed;
    }

    /// <summary>The attempt ended with an answer that leaves no doubt.</summary>
    /// <param name="wasUncertain">What <see cref="Begin"/> said.</param>
    public void End(string name, bool wasUncertain)
    {
        if (wasUncertain) return;
        lock (_lock) _names.Remove(name);
    }

    /// <summary>The copy's name that is to be tried for this one.</summary>
    public string CopyOf(string name)
    {
        lock (_lock) return $"{name}{GcsName.Copy}{_copies.GetValueOrDefault(name, 1)}";
    }

    /// <summary>The copy was denied too, and an earlier attempt at it may be why: the next attempt takes another name.</summary>
    public void NextCopyOf(string name)
    {
        lock (_lock) _copies[name] = Math.Min(_copies.GetValueOrDefault(name, 1) + 1, GcsName.MostCopies);
    }

    public void Confirm(string name)
    {
        lock (_lock)
        {
            _anyConfirmed = true;
            _names.RemoveWhere(known => known.StartsWith(name, StringComparison.Ordinal));
            _copies.Remove(name);
        }
    }
}
