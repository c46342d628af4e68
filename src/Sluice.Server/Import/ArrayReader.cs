using Sluice.Events;

namespace Sluice.Server.Import;

/// <summary>
/// The objects of a JSON array, or of <c>{"Records":[…]}</c> as CloudTrail writes its files; several of these may follow each other, as when files were joined.
/// Where the text stops being such an array one problem is told, and nothing more can be read.
/// </summary>
/// <param name="number">Beyond 0, the window stands within the array.</param>
internal sealed class ArrayReader(ByteWindow window, long number) : RecordReader(window, number)
{
    public const string Name = "record";

    private bool _isInside = number > 0, _isBroken;

    public override string Unit => Name;

    /// <summary>Whether a file that begins so is one for this reader.</summary>
    public static bool Reads(ReadOnlySpan<byte> beginning) => ArrayOpening.Match(beginning) > 0;

    public override async ValueTask<bool> ReadAsync(CancellationToken cancellation)
    {
        (Record, Problem) = (default, null);
        while (!_isBroken && await SkipBlanksAsync(_isInside ? " \t\r\n,"u8.ToArray() : " \t\r\n"u8.ToArray(), cancellation))
        {
            var next = Window.Unread.Span[0];
            if (_isInside && next == '{') return await TakeObjectAsync(cancellation);
            if (_isInside && next == ']') Leave();
            else if (!_isInside && next == '}' && Number > 0) Window.Skip(1);
            else if (_isInside || !await EnterAsync(cancellation)) return Broken("Here should be a record, or another array of records.");
        }

        return !_isBroken && _isInside && Broken("The file ends within an array of records.");
    }

    private void Leave()
    {
        Window.Skip(1);
        _isInside = false;
    }

    private async ValueTask<bool> EnterAsync(CancellationToken cancellation)
    {
        while (Window.Unread.Length < ArrayOpening.Longest && await Window.FillAsync(cancellation)) { }
        var length = ArrayOpening.Match(Window.Unread.Span);
        Window.Skip(length);
        return _isInside = length > 0;
    }

    private async ValueTask<bool> TakeObjectAsync(CancellationToken cancellation)
    {
        var scan = default(ObjectScan);
        for (var scanned = 0; ;)
        {
            var length = scan.EndIn(Window.Unread.Span[scanned..]);
            if (length >= 0) return Take(scanned + length);
            scanned = Window.Unread.Length;
            if (scanned > Longest) return Broken(TooLong.Message);
            if (!await Window.FillAsync(cancellation)) return Broken("The file ends within a record.");
        }
    }

    private bool Take(int length)
    {
        Number++;
        (Record, Start) = (Window.Unread[..length], Window.Offset);
        Window.Skip(length);
        return true;
    }

    private bool Broken(string reason)
    {
        Number++;
        _isBroken = true;
        Problem = new Refusal(RefusalCode.InvalidJson, null, $"{reason} Nothing after it was read.");
        return true;
    }

    private async ValueTask<bool> SkipBlanksAsync(byte[] blanks, CancellationToken cancellation)
    {
        while (true)
        {
            var blank = Window.Unread.Span.IndexOfAnyExcept(blanks);
            Window.Skip(blank < 0 ? Window.Unread.Length : blank);
            if (blank >= 0) return true;
            if (!await Window.FillAsync(cancellation)) return false;
        }
    }

    /// <summary>Finds where an object ends, whatever is in it; it may be seen in pieces.</summary>
    private struct ObjectScan
    {
        private int _depth;
        private bool _inString, _escaped;

        /// <returns>How many bytes of the piece belong to the object; -1 when it goes on after them.</returns>
        public int EndIn(ReadOnlySpan<byte> piece)
        {
            for (var i = 0; i < piece.Length; i++)
            {
                if (_escaped) _escaped = false;
                else if (_inString) InString(piece[i]);
                else if (Outside(piece[i])) return i + 1;
            }

            return -1;
        }

        private void InString(byte value)
        {
            _escaped = value == '\\';
            _inString = value != '"';
        }

        private bool Outside(byte value)
        {
            _inString = value == '"';
            if (value is (byte)'{' or (byte)'[') _depth++;
            return value is (byte)'}' or (byte)']' && --_depth == 0;
        }
    }
}
