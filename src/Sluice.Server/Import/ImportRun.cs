using System.Security.Cryptography;

namespace Sluice.Server.Import;

/// <summary>
/// One run: record by record out of the file, request by request into the API, and after each answer the position is kept.
/// Whenever it ends early, everything up to <see cref="Number"/> was answered or will be found stored when it is sent again.
/// </summary>
internal sealed class ImportRun(ImportOptions options, EventsApi api, IImportOutput output)
{
    private readonly ImportBatch _batch = new(options.CreateSource());
    private readonly PositionFile _positions = new(options.PositionFile, output);
    private readonly RefusalList _refusals = new(output);
    private LogState? _log;
    private long _ledgerSize;

    public ImportTally Tally { get; private set; } = new();

    /// <summary>The last record that was answered, with all before it.</summary>
    public long Number { get; private set; }

    /// <summary>What <see cref="Number"/> counts.</summary>
    public string Unit { get; private set; } = LineReader.Name;

    public async Task RunAsync(CancellationToken cancellation)
    {
        _log = await api.LogAsync(cancellation);
        _ledgerSize = _log?.Size ?? 0;
        try
        {
            var (file, reader) = await BeginAsync(cancellation);
            using (file)
            {
                await SendAllAsync(file, reader, cancellation);
            }
        }
        catch (InvalidDataException)
        {
            throw new ImportException($"{options.File} is gzip that breaks off or is damaged after {Unit} {Number}; what stands before was imported ({Tally}).");
        }

        _refusals.Close();
        _positions.Remove();
    }

    private async Task SendAllAsync(SourceFile file, RecordReader reader, CancellationToken cancellation)
    {
        Unit = reader.Unit;
        output.Report(Tally, file.Fraction);
        while (await ReadAsync(reader, cancellation))
        {
            if (reader.Problem is { } problem) Refused(reader.Number, problem.Code, problem.Field, problem.Message);
            else if (_batch.Add(reader.Record, reader.Number) is { } refusal) Refused(reader.Number, refusal.Code, refusal.Field, refusal.Message);
            if (!_batch.IsFull) continue;
            await SendAsync(reader.Number, cancellation);
            if (_log is not null) _positions.Save(PositionAt(reader, _log.Vkey));
            output.Report(Tally, file.Fraction);
        }

        if (_batch.Count > 0) await SendAsync(reader.Number, cancellation);
        output.Report(Tally, file.Fraction);
        if (file.IsCutShort()) throw new InvalidDataException();
    }

    /// <summary>The events read before a file breaks off are sent first.</summary>
    private async ValueTask<bool> ReadAsync(RecordReader reader, CancellationToken cancellation)
    {
        try
        {
            return await reader.ReadAsync(cancellation);
        }
        catch (InvalidDataException)
        {
            if (_batch.Count > 0) await SendAsync(reader.Number, cancellation);
            throw;
        }
    }

    private async Task SendAsync(long number, CancellationToken cancellation)
    {
        var answer = await api.SendAsync(_batch.Body, cancellation);
        foreach (var refused in answer.Rejected) Refused(_batch.NumberOf(refused.Index), refused.Code, refused.Field, refused.Message);
        Tally = Tally with { Imported = Tally.Imported + answer.Accepted, Duplicates = Tally.Duplicates + answer.Duplicates };
        _ledgerSize = Math.Max(_ledgerSize, answer.LastSequence + 1 ?? 0);
        Number = number;
        _batch.Clear();
    }

    private void Refused(long number, string code, string? field, string message)
    {
        Tally = Tally with { Refused = Tally.Refused + 1 };
        _refusals.Add(Unit, number, code, field, message);
    }

    private ImportPosition PositionAt(RecordReader reader, string ledger) => new()
    {
        From = options.From,
        Tenant = options.Tenant,
        KeyMark = options.KeyMark,
        Ledger = ledger,
        LedgerSize = _ledgerSize,
        Unit = reader.Unit,
        Number = reader.Number,
        Offset = reader.End,
        LastStart = reader.Start,
        LastLength = reader.Record.Length,
        LastSha256 = Sha256(reader.Record.Span),
        Tally = Tally,
    };

    private async Task<(SourceFile File, RecordReader Reader)> BeginAsync(CancellationToken cancellation)
    {
        var file = await SourceFile.OpenAsync(options.File, cancellation);
        if (_positions.Load() is not { } position) return (file, await FromStartAsync(file, cancellation));
        var objection = position.Objection(options, _log) ?? await ObjectionOfAsync(file, position, cancellation);
        if (objection is null)
        {
            (Tally, Number) = (position.Tally, position.Number);
            output.Say($"Going on after {position.Unit} {position.Number}, where an earlier run stopped ({Tally}).");
            return (file, position.Unit == ArrayReader.Name ? new ArrayReader(file.Window, position.Number) : new LineReader(file.Window, position.Number));
        }

        file.Dispose();
        output.Say($"An earlier run stopped after {position.Unit} {position.Number}, but {objection}: starting at the beginning. What is stored already is not doubled.");
        file = await SourceFile.OpenAsync(options.File, cancellation);
        return (file, await FromStartAsync(file, cancellation));
    }

    private static async Task<RecordReader> FromStartAsync(SourceFile file, CancellationToken cancellation)
    {
        while (file.Window.Unread.Length < ArrayOpening.Longest && await file.Window.FillAsync(cancellation)) { }
        if (file.Window.Unread.Span.StartsWith("\uFEFF"u8)) file.Window.Skip(3);
        return ArrayReader.Reads(file.Window.Unread.Span) ? new ArrayReader(file.Window, 0) : new LineReader(file.Window, 0);
    }

    /// <summary>Goes to the position, unless the file is not the one that it was.</summary>
    private static async Task<string?> ObjectionOfAsync(SourceFile file, ImportPosition position, CancellationToken cancellation)
    {
        const string Changed = "the file was changed since";
        if (!await file.Window.SkipToAsync(position.LastStart, cancellation)) return Changed;
        while (file.Window.Unread.Length < position.LastLength && await file.Window.FillAsync(cancellation)) { }
        if (file.Window.Unread.Length < position.LastLength || Sha256(file.Window.Unread.Span[..position.LastLength]) != position.LastSha256) return Changed;
        return await file.Window.SkipToAsync(position.Offset, cancellation) ? null : Changed;
    }

    private static string Sha256(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
