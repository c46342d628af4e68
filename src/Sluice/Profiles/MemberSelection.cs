using System.Buffers;
using System.Text.Json;

namespace Sluice.Profiles;

/// <summary>A choice among the members of a JSON object, by their paths: only some, or all but some.</summary>
public sealed class MemberSelection
{
    private readonly Node _root = new();
    private readonly bool _isOnly;

    private MemberSelection(bool isOnly, IEnumerable<IReadOnlyList<string>> paths)
    {
        _isOnly = isOnly;
        foreach (var path in paths) _root.Add(path);
    }

    public static MemberSelection Only(IEnumerable<IReadOnlyList<string>> paths) => new(true, paths);

    public static MemberSelection AllBut(IEnumerable<IReadOnlyList<string>> paths) => new(false, paths);

    /// <summary>Copies the chosen members as they are spelled and in their order. Objects of which only members are asked for are left out when they have none of them.</summary>
    /// <param name="json">An object without white space and without doubled names.</param>
    /// <param name="added">A further member for the end, or nothing.</param>
    public void Write(ReadOnlySpan<byte> json, IBufferWriter<byte> output, ReadOnlySpan<byte> added = default)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        var any = CopyMembers(ref reader, json, _root, output);
        if (!added.IsEmpty) Put(any, added, output);
        output.Write("}"u8);
    }

    /// <returns>Whether there was a member.</returns>
    private bool CopyMembers(ref Utf8JsonReader reader, ReadOnlySpan<byte> json, Node node, IBufferWriter<byte> output)
    {
        output.Write("{"u8);
        var any = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var start = (int)reader.TokenStartIndex;
            var named = node.Find(ref reader);
            reader.Read();
            if (named is { IsWhole: false } && reader.TokenType == JsonTokenType.StartObject) any |= CopyInside(ref reader, json, start, named, any, output);
            else any |= CopyWhole(ref reader, json, start, named, any, output);
        }

        return any;
    }

    private bool CopyWhole(ref Utf8JsonReader reader, ReadOnlySpan<byte> json, int start, Node? named, bool follows, IBufferWriter<byte> output)
    {
        reader.Skip();
        if (named is { IsWhole: true } != _isOnly) return false;
        Put(follows, json[start..(int)reader.BytesConsumed], output);
        return true;
    }

    private bool CopyInside(ref Utf8JsonReader reader, ReadOnlySpan<byte> json, int start, Node named, bool follows, IBufferWriter<byte> output)
    {
        if (_isOnly && !Holds(reader, named))
        {
            reader.Skip();
            return false;
        }

        Put(follows, json[start..(int)reader.TokenStartIndex], output);
        CopyMembers(ref reader, json, named, output);
        output.Write("}"u8);
        return true;
    }

    /// <param name="reader">A copy, so that the walk leaves no trace.</param>
    private static bool Holds(Utf8JsonReader reader, Node node)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var named = node.Find(ref reader);
            reader.Read();
            if (named is { IsWhole: true }) return true;
            if (named is not null && reader.TokenType == JsonTokenType.StartObject && Holds(reader, named)) return true;
            reader.Skip();
        }

        return false;
    }

    private static void Put(bool follows, ReadOnlySpan<byte> text, IBufferWriter<byte> output)
    {
        if (follows) output.Write(","u8);
        output.Write(text);
    }

    private sealed class Node
    {
        private readonly List<(string Name, Node Node)> _members = [];

        /// <summary>A path ends here: all that is below goes with it.</summary>
        public bool IsWhole { get; private set; }

        public void Add(IReadOnlyList<string> path)
        {
            var node = this;
            foreach (var name in path) node = node.Member(name);
            node.IsWhole = true;
        }

        public Node? Find(ref Utf8JsonReader reader)
        {
            foreach (var (name, node) in _members)
            {
                if (reader.ValueTextEquals(name)) return node;
            }

            return null;
        }

        private Node Member(string name)
        {
            foreach (var (known, node) in _members)
            {
                if (known == name) return node;
            }

            var added = new Node();
            _members.Add((name, added));
            return added;
        }
    }
}
