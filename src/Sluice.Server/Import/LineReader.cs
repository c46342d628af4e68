namespace Sluice.Server.Import;

/// <summary>One record a line; blank lines count as lines and are no records.</summary>
internal sealed class LineReader(ByteWindow window, long number) : RecordReader(window, number)
{
    public const string Name = "line";

    public override string Unit => Name;

    public override async ValueTask<bool> ReadAsync(CancellationToken cancellation)
    {
        Problem = null;
        while (await NextLineAsync(cancellation))
        {
            Number++;
            if (Problem is not null || Record.Span.ContainsAnyExcept(" \t\r"u8)) return true;
        }

        return false;
    }

    private async ValueTask<bool> NextLineAsync(CancellationToken cancellation)
    {
        for (var searched = 0; ;)
        {
            var end = Window.Unread.Span[searched..].IndexOf((byte)'\n');
            if (end >= 0) return Take(searched + end, searched + end + 1);
            searched = Window.Unread.Length;
            if (searched > Longest) return await SkipLineAsync(cancellation);
            if (!await Window.FillAsync(cancellation)) return searched > 0 && Take(searched, searched);
        }
    }

    private bool Take(int length, int withEnd)
    {
        (Record, Start) = (Window.Unread[..length], Window.Offset);
        Window.Skip(withEnd);
        if (length > Longest) (Record, Problem) = (default, TooLong);
        return true;
    }

    private async ValueTask<bool> SkipLineAsync(CancellationToken cancellation)
    {
        (Record, Problem) = (default, TooLong);
        int end;
        while ((end = Window.Unread.Span.IndexOf((byte)'\n')) < 0)
        {
            Window.Skip(Window.Unread.Length);
            if (!await Window.FillAsync(cancellation)) return true;
        }

        Window.Skip(end + 1);
        return true;
    }
}
