using System.Text;
using System.Text.Json;

namespace Sluice.Query.Filters;

/// <summary>
/// The members that a filter's terms ask about, as a tree, so that one pass over an event's text answers all of them.
/// An array stands for each of its elements: a term holds when it holds for one.
/// </summary>
internal sealed class TermTree
{
    private readonly Node _root;

    public TermTree(IEnumerable<FilterTerm> terms) => _root = Node.Of("", terms.ToList(), 0);

    public bool IsEmpty => _root.Children.Length == 0;

    /// <returns>The bits of the terms that hold.</returns>
    public ulong Holding(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body);
        reader.Read();
        return OfObject(ref reader, _root, stopWhenComplete: true);
    }

    /// <param name="stopWhenComplete">Whether nobody needs the reader at the object's end.</param>
    private static ulong OfObject(ref Utf8JsonReader reader, Node node, bool stopWhenComplete)
    {
        ulong holding = 0, seen = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var child = node.ChildAt(ref reader);
            if (child < 0)
            {
                reader.Skip();
                continue;
            }

            reader.Read();
            holding |= OfValue(ref reader, node.Children[child]);
            seen |= 1UL << child;
            if (stopWhenComplete && seen == node.AllChildren) return holding;
        }

        for (var i = 0; i < node.Children.Length; i++)
            if ((seen & (1UL << i)) == 0) holding |= node.Children[i].WhenAbsent;
        return holding;
    }

    private static ulong OfValue(ref Utf8JsonReader reader, Node node)
    {
        ulong holding = 0;
        if (reader.TokenType == JsonTokenType.StartArray)
        {
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) holding |= OfValue(ref reader, node);
            return holding;
        }

        foreach (var term in node.Terms)
            if (term.Holds(ref reader)) holding |= term.Bit;
        return holding | (reader.TokenType == JsonTokenType.StartObject ? OfObject(ref reader, node, false) : node.WhenChildrenAbsent);
    }

    private sealed class Node
    {
        private byte[] _name = [];

        public Node[] Children { get; private init; } = [];

        public FilterTerm[] Terms { get; private init; } = [];

        public ulong AllChildren { get; private init; }

        public ulong WhenAbsent { get; private init; }

        public ulong WhenChildrenAbsent { get; private init; }

        public static Node Of(string name, List<FilterTerm> below, int depth)
        {
            var own = below.Where(term => term.Field.Path.Count == depth).ToArray();
            var children = below.Except(own).GroupBy(term => term.Field.Path[depth]).Select(group => Of(group.Key, group.ToList(), depth + 1)).ToArray();
            var childrenAbsent = children.Aggregate(0UL, (bits, child) => bits | child.WhenAbsent);
            return new Node
            {
                _name = Encoding.UTF8.GetBytes(name),
                Children = children,
                Terms = own,
                AllChildren = children.Length == 64 ? ulong.MaxValue : (1UL << children.Length) - 1,
                WhenAbsent = own.Where(term => term.HoldsWhenAbsent).Aggregate(childrenAbsent, (bits, term) => bits | term.Bit),
                WhenChildrenAbsent = childrenAbsent,
            };
        }

        public int ChildAt(ref Utf8JsonReader reader)
        {
            for (var i = 0; i < Children.Length; i++)
                if (reader.ValueTextEquals(Children[i]._name)) return i;
            return -1;
        }
    }
}
