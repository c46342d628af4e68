using System.Numerics;
using Sluice.Ledger;

namespace Sluice.Tests.Ledger;

public sealed class FieldElementTests
{
    private static readonly BigInteger P = BigInteger.Pow(2, 255) - 19;

    [Fact]
    public void Arithmetic_is_that_of_whole_numbers_modulo_p()
    {
        var random = new Random(25519);
        for (var round = 0; round < 2000; round++)
        {
            var (x, y) = (Any(random), Any(random));
            var (a, b) = (Read(x), Read(y));

            Assert.Equal((x + y) % P, Value(a + b));
            Assert.Equal((x + P + P - y) % P, Value(a - b));
            Assert.Equal(x * y % P, Value(a * b));
            Assert.Equal((x - y) * (x + y) * x % P, Signed(Value((a - b) * (a + b) * a), (x - y) * (x + y) * x));
            Assert.Equal((P + P - x) % P, Value(-a));
        }
    }

    [Fact]
    public void Powers_are_those_of_whole_numbers_modulo_p()
    {
        var random = new Random(25520);
        for (var round = 0; round < 50; round++)
        {
            var x = Any(random);
            var a = Read(x);

            Assert.Equal(BigInteger.ModPow(x, P - 2, P), Value(a.Inverse()));
            Assert.Equal(BigInteger.ModPow(x, (P - 5) / 8, P), Value(a.RootPower()));
            Assert.Equal(BigInteger.ModPow(x, (P - 1) / 4, P), Value(a.QuarterPower()));
        }
    }

    private static BigInteger Signed(BigInteger value, BigInteger like) => like.Sign < 0 && value != 0 ? value - P : value;

    /// <summary>Any number of 255 bits, those next to 0, p and 2^255 more often than chance would have it.</summary>
    private static BigInteger Any(Random random)
    {
        var bytes = new byte[32];
        random.NextBytes(bytes);
        bytes[31] &= 0x7f;
        return random.Next(4) switch
        {
            0 => new BigInteger(random.Next(40)),
            1 => BigInteger.Pow(2, 255) - 1 - random.Next(40),
            _ => new BigInteger(bytes, isUnsigned: true),
        };
    }

    private static FieldElement Read(BigInteger value)
    {
        var bytes = new byte[32];
        value.TryWriteBytes(bytes, out _, isUnsigned: true);
        return FieldElement.Read(bytes);
    }

    private static BigInteger Value(FieldElement element)
    {
        var bytes = new byte[32];
        element.Write(bytes);
        return new BigInteger(bytes, isUnsigned: true);
    }
}
