using System.Buffers.Binary;

namespace Sluice.Ledger;

/// <summary>A number modulo p = 2^255 - 19 in five limbs of 51 bits. Every operation leaves limbs below 2^52.</summary>
internal readonly struct FieldElement
{
    public const int Size = 32;

    private const int LimbBits = 51;
    private const ulong LimbMask = (1UL << LimbBits) - 1;

    private readonly ulong _a;
    private readonly ulong _b;
    private readonly ulong _c;
    private readonly ulong _d;
    private readonly ulong _e;

    public FieldElement(ulong small) => _a = small;

    private FieldElement(ulong a, ulong b, ulong c, ulong d, ulong e)
    {
        b += a >> LimbBits;
        c += b >> LimbBits;
        d += c >> LimbBits;
        e += d >> LimbBits;
        _a = (a & LimbMask) + (19 * (e >> LimbBits));
        _b = b & LimbMask;
        _c = c & LimbMask;
        _d = d & LimbMask;
        _e = e & LimbMask;
    }

    public static FieldElement Zero => new(0);

    public static FieldElement One => new(1);

    public bool IsOdd
    {
        get
        {
            Span<byte> bytes = stackalloc byte[Size];
            Write(bytes);
            return (bytes[0] & 1) == 1;
        }
    }

    /// <summary>Reads 255 bits, little-endian; the highest bit is left to the caller.</summary>
    public static FieldElement Read(ReadOnlySpan<byte> bytes) => new(
        BinaryPrimitives.ReadUInt64LittleEndian(bytes) & LimbMask,
        (BinaryPrimitives.ReadUInt64LittleEndian(bytes[6..]) >> 3) & LimbMask,
        (BinaryPrimitives.ReadUInt64LittleEndian(bytes[12..]) >> 6) & LimbMask,
        (BinaryPrimitives.ReadUInt64LittleEndian(bytes[19..]) >> 1) & LimbMask,
        (BinaryPrimitives.ReadUInt64LittleEndian(bytes[24..]) >> 12) & LimbMask);

    /// <summary>Writes the one representative below p, little-endian.</summary>
    public void Write(Span<byte> bytes)
    {
        // Once more through the carries: then at most one p is left to take away.
        var n = new FieldElement(_a, _b, _c, _d, _e);
        var carry = (n._a + 19) >> LimbBits;
        carry = (n._b + carry) >> LimbBits;
        carry = (n._c + carry) >> LimbBits;
        carry = (n._d + carry) >> LimbBits;
        carry = (n._e + carry) >> LimbBits;

        var a = n._a + (19 * carry);
        var b = n._b + (a >> LimbBits);
        var c = n._c + (b >> LimbBits);
        var d = n._d + (c >> LimbBits);
        var e = n._e + (d >> LimbBits);
        a &= LimbMask;
        b &= LimbMask;
        c &= LimbMask;
        d &= LimbMask;
        e &= LimbMask;
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, a | (b << 51));
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[8..], (b >> 13) | (c << 38));
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[16..], (c >> 26) | (d << 25));
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[24..], (d >> 39) | (e << 12));
    }

    public bool IsSameAs(in FieldElement other)
    {
        Span<byte> mine = stackalloc byte[Size];
        Span<byte> its = stackalloc byte[Size];
        Write(mine);
        other.Write(its);
        return mine.SequenceEqual(its);
    }

    public static FieldElement operator +(in FieldElement x, in FieldElement y) =>
        new(x._a + y._a, x._b + y._b, x._c + y._c, x._d + y._d, x._e + y._e);

    // 4p is added limb by limb, so that no limb goes below zero.
    public static FieldElement operator -(in FieldElement x, in FieldElement y) => new(
        x._a + (4 * (LimbMask - 18)) - y._a,
        x._b + (4 * LimbMask) - y._b,
        x._c + (4 * LimbMask) - y._c,
        x._d + (4 * LimbMask) - y._d,
        x._e + (4 * LimbMask) - y._e);

    public static FieldElement operator -(in FieldElement x) => Zero - x;

    public static FieldElement operator *(in FieldElement x, in FieldElement y)
    {
        // 2^255 = 19 modulo p: what would stand above the fifth limb comes back at the first, 19 times.
        var (b, c, d, e) = (19 * y._b, 19 * y._c, 19 * y._d, 19 * y._e);
        return Carried(
            Product(x._a, y._a) + Product(x._b, e) + Product(x._c, d) + Product(x._d, c) + Product(x._e, b),
            Product(x._a, y._b) + Product(x._b, y._a) + Product(x._c, e) + Product(x._d, d) + Product(x._e, c),
            Product(x._a, y._c) + Product(x._b, y._b) + Product(x._c, y._a) + Product(x._d, e) + Product(x._e, d),
            Product(x._a, y._d) + Product(x._b, y._c) + Product(x._c, y._b) + Product(x._d, y._a) + Product(x._e, e),
            Product(x._a, y._e) + Product(x._b, y._d) + Product(x._c, y._c) + Product(x._d, y._b) + Product(x._e, y._a));
    }

    public FieldElement Squared() => this * this;

    /// <summary>1/x, as x^(p - 2).</summary>
    public FieldElement Inverse() => Power(255, 0b10100);

    /// <summary>x^((p - 5) / 8), the heart of a square root.</summary>
    public FieldElement RootPower() => Power(252, 0b10);

    /// <summary>x^((p - 1) / 4): of 2, a square root of -1.</summary>
    public FieldElement QuarterPower() => Power(253, 0b100);

    /// <summary>To an exponent whose so many bits are all ones, but for some of the lowest.</summary>
    private FieldElement Power(int bits, uint zeros)
    {
        var power = One;
        for (var bit = bits - 1; bit >= 0; bit--)
        {
            power = power.Squared();
            if (bit >= 32 || (zeros >> bit & 1) == 0)
                power *= this;
        }
        return power;
    }

    private static UInt128 Product(ulong x, ulong y) => Math.BigMul(x, y);

    private static FieldElement Carried(UInt128 a, UInt128 b, UInt128 c, UInt128 d, UInt128 e)
    {
        b += (ulong)(a >> LimbBits);
        c += (ulong)(b >> LimbBits);
        d += (ulong)(c >> LimbBits);
        e += (ulong)(d >> LimbBits);
        return new(
            ((ulong)a & LimbMask) + (19 * (ulong)(e >> LimbBits)),
            (ulong)b & LimbMask,
            (ulong)c & LimbMask,
            (ulong)d & LimbMask,
            (ulong)e & LimbMask);
    }
}
