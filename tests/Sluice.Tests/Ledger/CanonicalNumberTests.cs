using System.Globalization;
using System.Numerics;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Sluice.Ledger;

namespace Sluice.Tests.Ledger;

public sealed class CanonicalNumberTests
{
    [Theory]
    [InlineData("0", "0")]
    [InlineData("-0", "0")]
    [InlineData("-0.00e5", "0")]
    [InlineData("0e999999999999999999999", "0")]
    [InlineData("7", "7")]
    [InlineData("-7", "-7")]
    [InlineData("0.1", "0.1")]
    [InlineData("1.50", "1.5")]
    [InlineData("100", "100")]
    [InlineData("1000000000000000", "1000000000000000")]
    [InlineData("9007199254740991", "9007199254740991")]
    [InlineData("-9007199254740992", "-9007199254740992")]
    [InlineData("9007199254740994", "9007199254740994")]
    [InlineData("1e20", "100000000000000000000")]
    [InlineData("1E21", "1e+21")]
    [InlineData("1e+23", "1e+23")]
    [InlineData("12e20", "1.2e+21")]
    [InlineData("123456789012345680000", "123456789012345680000")]
    [InlineData("0.000001", "0.000001")]
    [InlineData("1e-7", "1e-7")]
    [InlineData("0.00000012", "1.2e-7")]
    [InlineData("123.456e-1", "12.3456")]
    [InlineData("4.50", "4.5")]
    [InlineData("2e-3", "0.002")]
    [InlineData("5e-324", "5e-324")]
    [InlineData("1.7976931348623157e308", "1.7976931348623157e+308")]
    [InlineData("2.2250738585072014e-308", "2.2250738585072014e-308")]
    [InlineData("-0.0000012345678901234567", "-0.0000012345678901234567")]
    public void A_number_has_one_spelling(string raw, string canonical) => Assert.Equal(canonical, Spelled(raw));

    [Theory]
    [InlineData("9007199254740993")]
    [InlineData("333333333.33333329")]
    [InlineData("0.1000000000000000055511151231257827")]
    [InlineData("123456789012345678")]
    [InlineData("1e400")]
    [InlineData("-1e309")]
    [InlineData("1e-400")]
    [InlineData("3e-324")]
    [InlineData("1e99999999999999999999")]
    public void A_number_that_would_change_its_value_is_refused(string raw) => Assert.Null(Spelled(raw));

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("+1")]
    [InlineData("01")]
    [InlineData("-01")]
    [InlineData("1.")]
    [InlineData(".5")]
    [InlineData("1e")]
    [InlineData("1e+")]
    [InlineData("1e1.5")]
    [InlineData("1 ")]
    [InlineData("0x10")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    public void What_is_no_json_number_is_refused(string raw) => Assert.Null(Spelled(raw));

    [Fact]
    public void Zeros_without_end_cost_only_their_length()
    {
        var zeros = new string('0', 200_000);

        Assert.Equal("1", Spelled($"1.{zeros}"));
        Assert.Equal("1", Spelled($"0.{zeros}1e200001"));
        Assert.Equal("1", Spelled($"1{zeros}e-200000"));
        Assert.Null(Spelled($"1.{zeros}1"));
    }

    [Fact]
    public void A_double_in_its_shortest_spelling_is_always_taken_and_keeps_its_value() =>
        Prop.ForAll(Gen.Choose(int.MinValue, int.MaxValue).Two().ToArbitrary(), halves =>
        {
            var (high, low) = halves;
            var value = BitConverter.Int64BitsToDouble(((long)high << 32) | (uint)low);
            if (!double.IsFinite(value))
                return true;
            var spelled = Spelled(value.ToString("R", CultureInfo.InvariantCulture));
            return spelled is not null && double.Parse(spelled, CultureInfo.InvariantCulture) == value && Spelled(spelled) == spelled;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(5000));

    [Fact]
    public void A_number_is_taken_exactly_when_the_shortest_double_has_its_value() =>
        Prop.ForAll(AnyNumber().ToArbitrary(), raw =>
        {
            var value = double.Parse(raw, CultureInfo.InvariantCulture);
            var exact = double.IsFinite(value) && SameValue(raw, value.ToString("R", CultureInfo.InvariantCulture));
            var spelled = Spelled(raw);
            return (spelled is not null) == exact && (spelled is null || SameValue(raw, spelled));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(5000));

    private static Gen<string> AnyNumber() =>
        from sign in Gen.Elements("", "-")
        from whole in Gen.Choose(1, 19).SelectMany(length => Gen.Choose(0, 9).ArrayOf(length))
        from fraction in Gen.Choose(0, 8).SelectMany(length => Gen.Choose(0, 9).ArrayOf(length))
        from exponent in Gen.OneOf(Gen.Constant(0), Gen.Choose(-40, 40), Gen.Choose(-345, 320))
        let digits = string.Concat(whole).TrimStart('0')
        select $"{sign}{(digits.Length == 0 ? "0" : digits)}{(fraction.Length == 0 ? "" : "." + string.Concat(fraction))}{(exponent == 0 ? "" : $"e{exponent}")}";

    private static bool SameValue(string a, string b)
    {
        var (x, p) = Exact(a);
        var (y, q) = Exact(b);
        var least = Math.Min(p, q);
        return x * BigInteger.Pow(10, p - least) == y * BigInteger.Pow(10, q - least);
    }

    private static (BigInteger Digits, int Exponent) Exact(string number)
    {
        var parts = number.ToLowerInvariant().Split('e');
        var point = parts[0].IndexOf('.');
        var fraction = point < 0 ? 0 : parts[0].Length - point - 1;
        var exponent = parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 0;
        return (BigInteger.Parse(parts[0].Replace(".", ""), CultureInfo.InvariantCulture), exponent - fraction);
    }

    private static string? Spelled(string raw)
    {
        var destination = new byte[CanonicalJson.MaxNumberLength];
        return CanonicalJson.TryWriteNumber(Encoding.UTF8.GetBytes(raw), destination, out var written)
            ? Encoding.UTF8.GetString(destination, 0, written)
            : null;
    }
}
