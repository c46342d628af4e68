using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Sluice.Benchmarks.Workload;

/// <summary>
/// Events of about 640 bytes in profile <c>sluice</c>, the same for the same seed: 50,000 actors, a million resources, 37 tenants, a millisecond
/// between two events. Each is one of 65,536 tails behind a head that is its own, so that making one costs little beside receiving it.
/// </summary>
internal sealed class EventSource
{
    /// <summary>No event is longer.</summary>
    public const int Longest = 1_024;

    private const int Tails = 1 << 16;
    private const int Resources = 1_000_000;

    /// <summary>Four days ago: some calls reach back only so far.</summary>
    private static readonly DateTimeOffset Start = new(TimeProvider.System.GetUtcNow().UtcDateTime.Date.AddDays(-4).Add(new TimeSpan(8, 42, 17)), TimeSpan.Zero);

    private static readonly byte[] Head = Encoding.ASCII.GetBytes(
        """{"id":"evt_0000000000000000","timestamp":"DAYT00:00:00.000000000Z","request_id":"00000000000000000000000000000000","session_id":"0000000000000000","resource":{"type":"certificate","id":"crt_000000","name":"host-0000.example.com""".Replace("DAY", $"{Start:yyyy-MM-dd}", StringComparison.Ordinal));

    private static readonly int IdAt = After("evt_"u8), TimeAt = After("timestamp\":\""u8), RequestAt = After("request_id\":\""u8);
    private static readonly int SessionAt = After("session_id\":\""u8), ResourceAt = After("crt_"u8), HostAt = After("host-"u8);

    private readonly RandomWords _random;
    private readonly EventTail[] _tails = new EventTail[Tails];
    private readonly TimeSpan _apart;
    private long _taken;

    /// <param name="apart">Between two events; a millisecond unless given.</param>
    public EventSource(int seed, TimeSpan? apart = null)
    {
        _apart = apart ?? TimeSpan.FromMilliseconds(1);
        _random = new RandomWords((ulong)seed);
        var tails = new RandomWords(~(ulong)seed);
        for (var i = 0; i < Tails; i++) _tails[i] = EventTail.Make(tails, i);
    }

    /// <summary>Sets the next events aside, so that no id is used twice in a run.</summary>
    /// <returns>The index of the first.</returns>
    public long Take(long count) => Interlocked.Add(ref _taken, count) - count;

    public string IdOf(long index) => $"evt_{(uint)_random.At(index, 3):x8}{(uint)index:x8}";

    public string ActorOf(long index) => TailOf(index).Actor;

    public string TenantOf(long index) => TailOf(index).Tenant;

    public string ActionOf(long index) => TailOf(index).Action;

    public string ResourceOf(long index) => $"crt_{ResourceNumber(index):x6}";

    public static DateTimeOffset TimeOf(long index) => TimeOf(index, TimeSpan.FromMilliseconds(1));

    /// <summary>One whose last of so many events happens now: four days or so of a system that is used evenly.</summary>
    public static EventSource UpTo(DateTimeOffset now, long events, int seed) => new(seed, (now - Start) / events);

    private static DateTimeOffset TimeOf(long index, TimeSpan apart) => Start + index * apart;

    /// <returns>How many bytes were written, at most <see cref="Longest"/>.</returns>
    public int Write(long index, Span<byte> output)
    {
        var session = _random.At(index, 2);
        Head.CopyTo(output);
        Hex((ulong)(uint)_random.At(index, 3) << 32 | (uint)index, 8, output[IdAt..]);
        WriteTime(index, (uint)session % 1_000_000, output[TimeAt..]);
        Hex(_random.At(index, 0), 8, output[RequestAt..]);
        Hex(_random.At(index, 1), 8, output[(RequestAt + 16)..]);
        Hex(session, 8, output[SessionAt..]);
        var resource = ResourceNumber(index);
        Hex((ulong)resource, 3, output[ResourceAt..]);
        Digits(resource % 977, 4, output[HostAt..]);
        var tail = TailOf(index).Text;
        tail.CopyTo(output[Head.Length..]);
        return Head.Length + tail.Length;
    }

    private EventTail TailOf(long index) => _tails[index & (Tails - 1)];

    private int ResourceNumber(long index) => _random.Below(index, 4, Resources);

    /// <summary>Writes behind the first day; that is rewritten when it is another one.</summary>
    private void WriteTime(long index, uint nanoseconds, Span<byte> output)
    {
        var time = TimeOf(index, _apart);
        if (time.Day != Start.Day) time.TryFormat(output[..10], out _, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        Digits(time.Hour, 2, output[11..]);
        Digits(time.Minute, 2, output[14..]);
        Digits(time.Second, 2, output[17..]);
        Digits((int)(time.Millisecond * 1_000_000L + nanoseconds), 9, output[20..]);
    }

    private static int After(ReadOnlySpan<byte> text) => Head.AsSpan().IndexOf(text) + text.Length;

    private static void Digits(int value, int count, Span<byte> output)
    {
        for (var i = count - 1; i >= 0; i--, value /= 10) output[i] = (byte)('0' + value % 10);
    }

    private static void Hex(ulong value, int bytes, Span<byte> output)
    {
        Span<byte> raw = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(raw, value);
        Convert.TryToHexStringLower(raw[^bytes..], output, out _);
    }
}
