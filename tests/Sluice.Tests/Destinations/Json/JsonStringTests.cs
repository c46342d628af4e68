using System.Buffers;
using System.Text;
using System.Text.Json;
using Sluice.Destinations.Json;

namespace Sluice.Tests.Destinations.Json;

public sealed class JsonStringTests
{
    [Theory]
    [InlineData("")]
    [InlineData("plain")]
    [InlineData("""{"a":"b\\c","d":[1,"ü 🔑"]}""")]
    [InlineData("\u0001\u001f\t\r\n\u2028\ud83d\udd11\"\\")]
    public void What_is_written_reads_as_it_was(string text)
    {
        var output = new ArrayBufferWriter<byte>();

        JsonString.Write(Encoding.UTF8.GetBytes(text), output);

        Assert.Equal(text, JsonSerializer.Deserialize<string>(output.WrittenSpan));
    }

    [Theory]
    [InlineData("""{"a":1}""", """{"a":1}""")]
    [InlineData("""CEF:0|a\b|"c" """, "\"CEF:0|a\\\\b|\\\"c\\\" \"")]
    public void Objects_stay_and_lines_become_strings(string spelled, string written)
    {
        var output = new ArrayBufferWriter<byte>();

        JsonString.WriteValue(Encoding.UTF8.GetBytes(spelled), output);

        Assert.Equal(written, Encoding.UTF8.GetString(output.WrittenSpan));
    }

    [Fact]
    public void Long_texts_that_grow_are_written_whole()
    {
        var text = new string('"', 100_000);
        var output = new ArrayBufferWriter<byte>();

        JsonString.Write(Encoding.UTF8.GetBytes(text), output);

        Assert.Equal(text, JsonSerializer.Deserialize<string>(output.WrittenSpan));
    }
}
