using System.Text;
using Sluice.Server.Import;

namespace Sluice.Tests.Server.Import;

/// <summary>Files taken apart, however their bytes arrive.</summary>
public sealed class RecordReaderTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(100_000)]
    public async Task Lines_are_records_and_blank_ones_only_count(int piece)
    {
        var read = await ReadAsync(window => new LineReader(window, 0), "a\r\n\n \t\nb{}\n\nlast", piece);

        Assert.Equal([(1, "a\r"), (4, "b{}"), (6, "last")], read);
    }

    [Theory]
    [InlineData(1_000)]
    [InlineData(1_000_000)]
    public async Task A_line_without_end_is_refused_without_holding_it_and_the_next_is_read(int piece)
    {
        var read = await ReadAsync(window => new LineReader(window, 0), $"a\n{new string('x', 3 * RecordReader.Longest)}\nb", piece);

        Assert.Equal([(1, "a"), (2, "too_large"), (3, "b")], read);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(100_000)]
    public async Task The_objects_of_arrays_are_records_also_of_joined_files(int piece)
    {
        const string Text = """
            { "Records" : [ {"a":"}]\"","b":[{}]} , {"c":"\\"}]}{"Records":[{"d":{"e":[[]]}}] }
            [{"f":1}]
            """;

        var read = await ReadAsync(window => new ArrayReader(window, 0), Text, piece);

        Assert.Equal([(1, """{"a":"}]\"","b":[{}]}"""), (2, """{"c":"\\"}"""), (3, """{"d":{"e":[[]]}}"""), (4, """{"f":1}""")], read);
    }

    [Theory]
    [InlineData("""[{"a":1},""")]
    [InlineData("""[{"a":1},{"b":""")]
    [InlineData("""[{"a":1},7]""")]
    [InlineData("""[{"a":1}] nope""")]
    [InlineData("""[{"a":1}]}{"Other":[{}]}""")]
    public async Task An_array_that_breaks_off_tells_one_problem(string text)
    {
        var read = await ReadAsync(window => new ArrayReader(window, 0), text, 3);

        Assert.Equal([(1, """{"a":1}"""), (2, "invalid_json")], read);
    }

    [Theory]
    [InlineData("[{}]", true)]
    [InlineData(" {\n \"Records\" : [", true)]
    [InlineData("{\"Records\":{}}", false)]
    [InlineData("{\"id\":\"x\"}", false)]
    [InlineData("{\"Rec", false)]
    [InlineData("", false)]
    public void A_file_s_beginning_tells_what_it_is(string beginning, bool isArray) => Assert.Equal(isArray, ArrayReader.Reads(Encoding.UTF8.GetBytes(beginning)));

    private static async Task<List<(long Number, string Record)>> ReadAsync(Func<ByteWindow, RecordReader> create, string text, int piece)
    {
        using var window = new ByteWindow(new Pieces(Encoding.UTF8.GetBytes(text), piece));
        var reader = create(window);
        var read = new List<(long, string)>();
        while (await reader.ReadAsync(CancellationToken.None)) read.Add((reader.Number, reader.Problem?.Code ?? Encoding.UTF8.GetString(reader.Record.Span)));
        return read;
    }

    private sealed class Pieces(byte[] bytes, int piece) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            ValueTask.FromResult(Read(buffer.Span[..Math.Min(piece, buffer.Length)]));
    }
}
