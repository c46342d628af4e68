using System.Globalization;
using System.Text;
using System.Text.Json;
using Sluice.Events;
using Sluice.Ledger;
using Sluice.Storage;

namespace Sluice.Tests.Query.Filters;

/// <summary>A filter as a tree built by hand, with its spelling and a plain reading of the contract over a parsed document: nothing is shared with the real one.</summary>
internal abstract record NaiveFilter
{
    public abstract string Text { get; }

    public abstract bool Holds(JsonElement shown);

    /// <summary>The event as a reader sees it.</summary>
    public static JsonElement Show(in StoredEvent stored)
    {
        var body = Encoding.UTF8.GetString(stored.Body.Span)[..^1];
        var text = $"{body},\"sequence\":{stored.Sequence},\"persisted_at\":\"{Timestamp.Text(stored.PersistedAt)}\",\"integrity_hash\":\"{EventHash.Text(stored.Digest)}\"}}";
        return JsonDocument.Parse(text).RootElement;
    }

    internal sealed record Not(NaiveFilter Inner) : NaiveFilter
    {
        public override string Text => $"NOT ({Inner.Text})";

        public override bool Holds(JsonElement shown) => !Inner.Holds(shown);
    }

    internal sealed record Both(NaiveFilter Left, NaiveFilter Right) : NaiveFilter
    {
        public override string Text => $"({Left.Text}) and {(Right is Term ? Right.Text : $"({Right.Text})")}";

        public override bool Holds(JsonElement shown) => Left.Holds(shown) && Right.Holds(shown);
    }

    internal sealed record Either(NaiveFilter Left, NaiveFilter Right) : NaiveFilter
    {
        public override string Text => $"{Left.Text} OR {Right.Text}";

        public override bool Holds(JsonElement shown) => Left.Holds(shown) || Right.Holds(shown);
    }

    /// <param name="Values">As JSON: a string is spelled in quotes.</param>
    internal sealed record Term(string Field, string Op, string[] Values) : NaiveFilter
    {
        public override string Text => Op == "IN" ? $"{Field} IN ({string.Join(", ", Values)})" : $"{Field} {Op} {Values[0]}";

        private bool IsTime => Field is "timestamp" or "persisted_at";

        private bool IsFree => Field.StartsWith("metadata.", StringComparison.Ordinal);

        public override bool Holds(JsonElement shown) => Along(shown, Field.Split('.'));

        private bool Along(JsonElement value, ReadOnlySpan<string> path)
        {
            if (value.ValueKind == JsonValueKind.Array)
            {
                foreach (var element in value.EnumerateArray())
                    if (Along(element, path)) return true;
                return false;
            }

            if (path.IsEmpty) return OfScalar(value);
            return value.ValueKind == JsonValueKind.Object && value.TryGetProperty(path[0], out var member) ? Along(member, path[1..]) : Op == "NE";
        }

        private bool OfScalar(JsonElement value)
        {
            if (Op == "NE") return !Equal(value, Values[0]);
            if (Op is "EQ" or "IN") return Values.Any(wanted => Equal(value, wanted));
            if (Op is "PREFIX" or "CONTAINS")
            {
                if (value.ValueKind != JsonValueKind.String) return false;
                var (text, part) = (value.GetString()!, JsonSerializer.Deserialize<string>(Values[0])!);
                return Op == "PREFIX" ? text.StartsWith(part, StringComparison.Ordinal) : text.Contains(part, StringComparison.Ordinal);
            }

            return Order(value, Values[0]) is { } order && Op switch { "GT" => order > 0, "GE" => order >= 0, "LT" => order < 0, _ => order <= 0 };
        }

        private bool Equal(JsonElement value, string wanted) =>
            wanted is "true" or "false" ? value.ValueKind == (wanted == "true" ? JsonValueKind.True : JsonValueKind.False) : Order(value, wanted) == 0;

        private int? Order(JsonElement value, string wanted)
        {
            var quoted = wanted.StartsWith('"');
            var text = quoted ? JsonSerializer.Deserialize<string>(wanted)! : wanted;
            if (IsTime) return TimeOf(value.GetString()!).CompareTo(TimeOf(text));
            if (value.ValueKind == JsonValueKind.Number)
                return decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? value.GetDecimal().CompareTo(number) : null;
            if (value.ValueKind != JsonValueKind.String || (IsFree && !quoted)) return null;
            return Encoding.UTF8.GetBytes(value.GetString()!).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(text));
        }

        private static DateTimeOffset TimeOf(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
    }
}
