namespace Sluice.Query.Filters;

/// <summary>A filter as it reads, once every term's own answer is known. Parentheses leave no trace, so it is never deeper than its terms.</summary>
internal abstract record FilterNode
{
    /// <param name="holding">The bits of the terms that hold for an event.</param>
    public abstract bool Holds(ulong holding);

    internal sealed record Term(FilterTerm Comparison) : FilterNode
    {
        public override bool Holds(ulong holding) => (holding & Comparison.Bit) != 0;
    }

    internal sealed record Not(FilterNode Inner) : FilterNode
    {
        /// <summary>Two cancel out, so that a row of them cannot make a deep tree.</summary>
        public static FilterNode Of(FilterNode inner) => inner is Not not ? not.Inner : new Not(inner);

        public override bool Holds(ulong holding) => !Inner.Holds(holding);
    }

    internal sealed record And(FilterNode[] Parts) : FilterNode
    {
        public static FilterNode Of(IReadOnlyList<FilterNode> parts) => parts.Count == 1 ? parts[0] : new And([.. parts]);

        public override bool Holds(ulong holding)
        {
            foreach (var part in Parts)
                if (!part.Holds(holding)) return false;
            return true;
        }
    }

    internal sealed record Or(FilterNode[] Parts) : FilterNode
    {
        public static FilterNode Of(IReadOnlyList<FilterNode> parts) => parts.Count == 1 ? parts[0] : new Or([.. parts]);

        public override bool Holds(ulong holding)
        {
            foreach (var part in Parts)
                if (part.Holds(holding)) return true;
            return false;
        }
    }
}
