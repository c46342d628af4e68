using System.Globalization;
using System.Numerics;
using Sluice.GraphQL.Types;

namespace Sluice.Server.Dialects.GitLab.Ids;

/// <summary>A class of GitLab's, whose objects have ids such as <c>gid://gitlab/AuditEvents::Streaming::Header/1</c>.</summary>
internal sealed record GlobalIdClass(string Name)
{
    private const string Start = "gid://gitlab/";

    public static GlobalIdClass Group { get; } = new("Group");

    public static GlobalIdClass User { get; } = new("User");

    /// <summary>The scalar that inputs name it by.</summary>
    public string ScalarName => Name.Replace("::", "", StringComparison.Ordinal) + "ID";

    public string Of(BigInteger number) => $"{Start}{Name}/{number.ToString(CultureInfo.InvariantCulture)}";

    /// <exception cref="CoercionException">It is no id, or another class's.</exception>
    public BigInteger Read(string text)
    {
        var slash = text.LastIndexOf('/');
        if (!text.StartsWith(Start, StringComparison.Ordinal) || slash <= Start.Length || text.Length > 200 || !BigInteger.TryParse(text[(slash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            throw new CoercionException($"\"{text}\" is not a valid Global ID");
        return text[Start.Length..slash] == Name ? number : throw new CoercionException($"\"{text}\" does not represent an instance of {Name}");
    }
}
