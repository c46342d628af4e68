using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;
using Sluice.GraphQL;
using Sluice.GraphQL.Execution;
using Sluice.Server.Dialects.GitLab.Streams;

namespace Sluice.Server.Dialects.GitLab.Types;

/// <summary>A part of a list, as the arguments <c>first</c>, <c>after</c>, <c>last</c> and <c>before</c> cut it: at most a hundred.</summary>
internal sealed record Connection(IReadOnlyList<INumbered> Nodes, bool HasNextPage, bool HasPreviousPage)
{
    private const int Most = 100;
    private const string InvalidCursor = "Please provide a valid cursor";

    public string? StartCursor => Nodes.Count == 0 ? null : CursorOf(Nodes[0]);

    public string? EndCursor => Nodes.Count == 0 ? null : CursorOf(Nodes[^1]);

    public static Connection Cut(IReadOnlyList<INumbered> all, Arguments arguments)
    {
        var (first, last) = (arguments.Get<int?>("first"), arguments.Get<int?>("last"));
        if (first is not null && last is not null) throw new GraphQLException("Can only provide either `first` or `last`, not both");
        if (first < 0 || last < 0) throw new GraphQLException($"`{(first < 0 ? "first" : "last")}` must not be negative");
        var start = arguments.Get<string>("after") is { } after ? Split(all, after).After : 0;
        var end = arguments.Get<string>("before") is { } before ? Split(all, before).Before : all.Count;
        var length = Math.Max(0, Math.Min(end - start, Math.Min(Most, first ?? last ?? Most)));
        var from = last is null ? start : Math.Max(start, end - length);
        return new Connection([.. all.Skip(from).Take(length)], from + length < all.Count, from > 0);
    }

    public static string CursorOf(INumbered node) => Convert.ToBase64String(Encoding.UTF8.GetBytes($"{{\"id\":\"{node.Number.ToString(CultureInfo.InvariantCulture)}\"}}"));

    /// <summary>How many stand before a cursor, and where what is behind it begins; also when it is gone, in lists whose numbers fall.</summary>
    private static (int Before, int After) Split(IReadOnlyList<INumbered> all, string cursor)
    {
        var number = NumberOf(cursor);
        for (var i = 0; i < all.Count; i++)
        {
            if (all[i].Number == number) return (i, i + 1);
        }

        if (all.Zip(all.Skip(1)).Any(pair => pair.First.Number < pair.Second.Number)) throw new GraphQLException(InvalidCursor);
        var newer = all.Count(node => node.Number > number);
        return (newer, newer);
    }

    private static BigInteger NumberOf(string cursor)
    {
        try
        {
            var id = JsonDocument.Parse(Convert.FromBase64String(cursor)).RootElement.GetProperty("id").GetString();
            return BigInteger.Parse(id!, NumberStyles.None, CultureInfo.InvariantCulture);
        }
        catch (Exception problem) when (problem is FormatException or JsonException or InvalidOperationException or KeyNotFoundException or ArgumentNullException)
        {
            throw new GraphQLException(InvalidCursor);
        }
    }
}
