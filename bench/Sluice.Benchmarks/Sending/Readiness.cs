using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Sluice.Benchmarks.Sending;

/// <summary>
/// Waits for many sockets on one thread. The framework's own waiting costs more processor time a request than the server may spend on it, and its list-based
/// select makes garbage; both would be measured as if they were Sluice's.
/// </summary>
internal sealed unsafe partial class Readiness
{
    private const short In = 1, Out = 4, Broken = 8 | 16 | 32;

    private Entry[] _entries = new Entry[16];

    public int Count { get; private set; }

    public void Clear() => Count = 0;

    public void Add(Socket socket, bool forWriting)
    {
        if (Count == _entries.Length) Array.Resize(ref _entries, Count * 2);
        _entries[Count++] = new Entry { Handle = (int)socket.Handle, Wanted = (short)(forWriting ? In | Out : In) };
    }

    public bool CanRead(int at) => (_entries[at].Found & (In | Broken)) != 0;

    public bool CanWrite(int at) => (_entries[at].Found & (Out | Broken)) != 0;

    /// <summary>Returns when a socket is ready, or when the time is over.</summary>
    public void Wait(TimeSpan atMost)
    {
        var time = new Interval { Seconds = (nint)(atMost.Ticks / TimeSpan.TicksPerSecond), Nanoseconds = (nint)(atMost.Ticks % TimeSpan.TicksPerSecond * 100) };
        fixed (Entry* entries = _entries)
        {
            // Interrupted is like nothing ready: whoever waits looks at the clock and waits again.
            if (ppoll(entries, (nuint)Count, &time, null) > 0) return;
        }

        for (var i = 0; i < Count; i++) _entries[i].Found = 0;
    }

    [LibraryImport("libc")]
    private static partial int ppoll(Entry* entries, nuint count, Interval* timeout, void* signals);

    [StructLayout(LayoutKind.Sequential)]
    private struct Entry
    {
        public int Handle;
        public short Wanted;
        public short Found;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Interval
    {
        public nint Seconds;
        public nint Nanoseconds;
    }
}
