namespace Sluice.Ledger;

/// <summary>The way from a leaf to the root of an uneven tree: RFC 9162 §2.1.3.2 with its fn and sn as Node and Last.</summary>
internal record struct ProofPath(long Node, long Last)
{
    public readonly bool IsAtRoot => Last == 0;

    /// <summary>Goes up one hash of the proof.</summary>
    /// <returns>Whether that hash is the left of the two.</returns>
    public bool StepFromLeft()
    {
        var fromLeft = (Node & 1) == 1 || Node == Last;
        if (fromLeft)
        {
            while ((Node & 1) == 0 && Node != 0)
                Up();
        }
        Up();
        return fromLeft;
    }

    /// <summary>Goes up to the largest complete subtree that ends with this leaf.</summary>
    public void SkipRightEdges()
    {
        while ((Node & 1) == 1)
            Up();
    }

    private void Up()
    {
        Node >>= 1;
        Last >>= 1;
    }
}
