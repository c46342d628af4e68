namespace Sluice.Storage.Index;

/// <summary>Places inside one index unit that match, walked in one direction without listing them all.</summary>
internal abstract class Positions
{
    public const int None = -1;

    /// <summary>The match nearest to <paramref name="target"/> in the walk's direction, itself included; <see cref="None"/> when there is none left.</summary>
    public abstract int Seek(int target);
}

/// <summary>Every place of the unit.</summary>
internal sealed class EveryPosition(int count) : Positions
{
    public override int Seek(int target) => target >= 0 && target < count ? target : None;
}

internal sealed class NoPosition : Positions
{
    public static NoPosition Instance { get; } = new();

    public override int Seek(int target) => None;
}

/// <summary>Places where all parts agree: each part in turn jumps to where the others wait.</summary>
internal sealed class AllOf(Positions[] parts) : Positions
{
    public override int Seek(int target)
    {
        var at = target;
        for (var agreed = 0; agreed < parts.Length;)
        {
            agreed = 0;
            foreach (var part in parts)
            {
                var found = part.Seek(at);
                if (found == None) return None;
                if (found == at) agreed++;
                else at = found;
            }
        }

        return at;
    }
}

/// <summary>Places where any part matches.</summary>
internal sealed class AnyOf(Positions[] parts, bool descending) : Positions
{
    public override int Seek(int target)
    {
        var nearest = None;
        foreach (var part in parts)
        {
            var found = part.Seek(target);
            if (found == None) continue;
            if (nearest == None || (descending ? found > nearest : found < nearest)) nearest = found;
        }

        return nearest;
    }
}
