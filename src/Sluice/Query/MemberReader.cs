using System.Text;
using System.Text.Json;

namespace Sluice.Query;

/// <summary>Finds members of events by their paths in one pass, as they are spelled: nothing is decoded.</summary>
internal sealed class MemberReader(IReadOnlyList<IReadOnlyList<string>> paths)
{
    private readonly byte[][][] _paths = paths.Select(path => path.Select(Encoding.UTF8.GetBytes).ToArray()).ToArray();

    /// <param name="found">As many as there are paths; the range of an absent member is empty.</param>
    public void Read(ReadOnlySpan<byte> body, Span<Range> found)
    {
        found.Clear();
        var reader = new Utf8JsonReader(body);
        reader.Read();
        ReadObject(ref reader, 0, (1u << _paths.Length) - 1, found);
    }

    /// <param name="wanted">Bits of the paths that lead here.</param>
    private void ReadObject(ref Utf8JsonReader reader, int depth, uint wanted, Span<Range> found)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var here = Along(ref reader, depth, wanted);
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            if (here != 0 && reader.TokenType == JsonTokenType.StartObject) ReadObject(ref reader, depth + 1, here, found);
            else reader.Skip();
            for (var i = 0; i < _paths.Length; i++)
                if ((here & (1u << i)) != 0 && _paths[i].Length == depth + 1) found[i] = start..(int)reader.BytesConsumed;
        }
    }

    private uint Along(ref Utf8JsonReader reader, int depth, uint wanted)
    {
        uint along = 0;
        for (var i = 0; i < _paths.Length; i++)
            if ((wanted & (1u << i)) != 0 && _paths[i].Length > depth && reader.ValueTextEquals(_paths[i][depth])) along |= 1u << i;
        return along;
    }
}
