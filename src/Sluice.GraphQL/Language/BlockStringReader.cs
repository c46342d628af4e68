using System.Text;

namespace Sluice.GraphQL.Language;

/// <summary>Reads a string in three quotes: over several lines, without escapes, and without the indentation that its lines share.</summary>
internal sealed class BlockStringReader(Cursor at)
{
    private const string Quotes = "\"\"\"";

    private readonly List<string> _lines = [];
    private readonly StringBuilder _line = new();

    public string Read()
    {
        at.Take(Quotes.Length);
        while (!at.StartsWith(Quotes))
        {
            if (at.IsAtEnd) throw at.Fault("Unterminated string.");
            if (at.IsAtHalfAPair) throw at.Fault($"Invalid character in a string: {Cursor.Describe(at.Current)}.");
            TakeNext();
        }

        at.Take(Quotes.Length);
        EndLine();
        return string.Join('\n', BlockString.Dedent(_lines));
    }

    private void TakeNext()
    {
        if (at.IsAtLineEnd)
        {
            at.Take(at.StartsWith("\r\n") ? 2 : 1);
            EndLine();
        }
        else if (at.StartsWith("\\" + Quotes))
        {
            at.Take(1 + Quotes.Length);
            _line.Append(Quotes);
        }
        else
        {
            _line.Append(at.Take(at.Width));
        }
    }

    private void EndLine()
    {
        _lines.Add(_line.ToString());
        _line.Clear();
    }
}
