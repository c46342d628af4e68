namespace Sluice.Ledger;

/// <summary>A point of edwards25519 in extended coordinates (RFC 8032 §5.1.4); its addition is complete.</summary>
internal readonly struct EdwardsPoint
{
    private static readonly FieldElement D = -(new FieldElement(121665) * new FieldElement(121666).Inverse());
    private static readonly FieldElement TwoD = D + D;
    private static readonly FieldElement RootOfMinusOne = new FieldElement(2).QuarterPower();

    private readonly FieldElement _x;
    private readonly FieldElement _y;
    private readonly FieldElement _z;
    private readonly FieldElement _t;

    private EdwardsPoint(in FieldElement x, in FieldElement y, in FieldElement z, in FieldElement t)
    {
        _x = x;
        _y = y;
        _z = z;
        _t = t;
    }

    public static EdwardsPoint Neutral { get; } = new(FieldElement.Zero, FieldElement.One, FieldElement.One, FieldElement.Zero);

    /// <summary>The base point: y = 4/5 and an even x.</summary>
    public static EdwardsPoint Base { get; } = MakeBase();

    /// <summary>Reads a point in its one canonical encoding.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out EdwardsPoint point)
    {
        point = default;
        Span<byte> canonical = stackalloc byte[FieldElement.Size];
        var y = FieldElement.Read(bytes);
        var isOdd = bytes[31] >> 7 == 1;
        y.Write(canonical);
        canonical[31] |= (byte)(bytes[31] & 0x80);
        return canonical.SequenceEqual(bytes) && TryFind(y, isOdd, out point);
    }

    public void Write(Span<byte> bytes)
    {
        var inverse = _z.Inverse();
        (_y * inverse).Write(bytes);
        if ((_x * inverse).IsOdd)
            bytes[31] |= 0x80;
    }

    public static EdwardsPoint operator -(in EdwardsPoint p) => new(-p._x, p._y, p._z, -p._t);

    public static EdwardsPoint operator +(in EdwardsPoint p, in EdwardsPoint q)
    {
        var a = (p._y - p._x) * (q._y - q._x);
        var b = (p._y + p._x) * (q._y + q._x);
        var c = p._t * TwoD * q._t;
        var d = p._z * (q._z + q._z);
        return Joined(b - a, d - c, d + c, b + a);
    }

    public EdwardsPoint Doubled()
    {
        var a = _x.Squared();
        var b = _y.Squared();
        var c = _z.Squared();
        var h = a + b;
        var g = a - b;
        return Joined(h - (_x + _y).Squared(), c + c + g, g, h);
    }

    private static EdwardsPoint Joined(in FieldElement e, in FieldElement f, in FieldElement g, in FieldElement h) =>
        new(e * f, g * h, f * g, e * h);

    private static EdwardsPoint MakeBase() =>
        TryFind(new FieldElement(4) * new FieldElement(5).Inverse(), isOdd: false, out var point)
            ? point
            : throw new InvalidOperationException("The base point is not on the curve.");

    /// <summary>x from x² = (y² - 1) / (d y² + 1), RFC 8032 §5.1.3.</summary>
    private static bool TryFind(in FieldElement y, bool isOdd, out EdwardsPoint point)
    {
        point = default;
        var square = y.Squared();
        var u = square - FieldElement.One;
        var v = (D * square) + FieldElement.One;
        var v3 = v.Squared() * v;
        var x = u * v3 * (u * v3.Squared() * v).RootPower();
        var check = v * x.Squared();
        if (!check.IsSameAs(u))
        {
            if (!check.IsSameAs(-u))
                return false;
            x *= RootOfMinusOne;
        }
        if (isOdd && x.IsSameAs(FieldElement.Zero))
            return false;
        if (x.IsOdd != isOdd)
            x = -x;

        point = new(x, y, FieldElement.One, x * y);
        return true;
    }
}
