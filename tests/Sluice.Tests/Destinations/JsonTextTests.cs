using System.Buffers;
using System.Text;
using System.Text.Json;
using Sluice.Destinations;

namespace Sluice.Tests.Destinations;

public sealed class JsonTextTests
{
    [Theory]
    [InlineData("")]
    [InlineData("""{"a":"b\"c\\d"}""")]
    [InlineData("tab\t line\n zero\0 unit\u001f")]
    [InlineData("ü 😀 \u2028 </script>")]
    public void A_text_comes_out_as_it_went_in(string text)
    {
        var output = new ArrayBufferWriter<byte>();

        JsonText.Write(Encoding.UTF8.GetBytes(text), output);

        Assert.Equal(text, JsonSerializer.Deserialize<string>(output.WrittenSpan));
    }
}
