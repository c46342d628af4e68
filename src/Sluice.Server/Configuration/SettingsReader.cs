using System.Globalization;
using System.Net;

namespace Sluice.Server.Configuration;

/// <summary>Reads settings by name and remembers which names there are, so that a misspelled one can be refused.</summary>
internal sealed class SettingsReader(IConfiguration configuration, string root)
{
    private readonly IConfigurationSection _section = configuration.GetSection(root);
    private readonly List<string> _known = [];

    /// <summary>Names that were asked for so far.</summary>
    public IReadOnlyList<string> Known => _known;

    /// <returns>Null when the setting is absent or empty.</returns>
    public string? Text(string name)
    {
        _known.Add(name);
        return _section[name] is { Length: > 0 } text ? text : null;
    }

    public string? FullPath(string name) => Text(name) is { } path ? Path.GetFullPath(path) : null;

    public bool Flag(string name, bool standard) => Text(name) switch
    {
        null => standard,
        var text when bool.TryParse(text, out var flag) => flag,
        _ => throw Wrong(name, "Use true or false."),
    };

    public TimeSpan Duration(string name, TimeSpan standard, TimeSpan least, TimeSpan most)
    {
        if (Text(name) is not { } text) return standard;
        if (!DurationText.TryParse(text, out var duration))
            throw Wrong(name, $"Use a number with a unit (ms, s, m, h, d), for example {DurationText.Of(standard)}, or hours:minutes:seconds.");
        if (duration < least || duration > most) throw Wrong(name, $"Use {DurationText.Of(least)} to {DurationText.Of(most)}.");
        return duration;
    }

    /// <returns>Null when the setting is absent.</returns>
    public long? Whole(string name, long least, long most)
    {
        if (Text(name) is not { } text) return null;
        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) throw Wrong(name, "Use a whole number.");
        return number >= least && number <= most ? number : throw Wrong(name, most == long.MaxValue ? $"Use {least} or more." : $"Use {least} to {most}.");
    }

    public long Bytes(string name, long standard, long least, long most)
    {
        if (Text(name) is not { } text) return standard;
        if (!SizeText.TryParse(text, out var bytes)) throw Wrong(name, $"Use a number of bytes, or one with KiB, MiB or GiB, for example {SizeText.Of(standard)}.");
        if (bytes < least || bytes > most) throw Wrong(name, $"Use {SizeText.Of(least)} to {SizeText.Of(most)}.");
        return bytes;
    }

    /// <summary>A list, as an array in JSON, as <c>Name__0</c>, <c>Name__1</c>, or as one text with commas. An address without a prefix is itself.</summary>
    public IReadOnlyList<IPNetwork> Networks(string name)
    {
        _known.Add(name);
        return [.. Items(name).Select(text => Network(name, text))];
    }

    /// <summary>A list, given in the same ways.</summary>
    public IReadOnlyList<string> Texts(string name)
    {
        _known.Add(name);
        return [.. Items(name)];
    }

    public SettingException Wrong(string name, string fix) => new($"{root}:{name}", _section[name], fix);

    /// <exception cref="SettingException">There is a name that nothing asked for.</exception>
    public void RefuseUnknown()
    {
        foreach (var (path, value) in _section.AsEnumerable(makePathsRelative: true))
        {
            if (value is null || path.Length == 0 || IsKnown(path)) continue;
            var nearest = _known.MinBy(known => Spelling.Distance(known, path))!;
            throw new SettingException($"{root}:{path}", null, $"There is no such setting. Did you mean {root}:{nearest}?");
        }
    }

    private bool IsKnown(string path) => _known.Any(known =>
        path.Equals(known, StringComparison.OrdinalIgnoreCase)
        || (path.StartsWith(known + ":", StringComparison.OrdinalIgnoreCase) && IsIndex(path.AsSpan(known.Length + 1))));

    private static bool IsIndex(ReadOnlySpan<char> key) => int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out _);

    private IEnumerable<string> Items(string name)
    {
        var items = _section.GetSection(name).GetChildren().Where(child => IsIndex(child.Key)).Select(child => child.Value ?? "");
        return items.Concat((_section[name] ?? "").Split(',')).Select(item => item.Trim()).Where(item => item.Length > 0);
    }

    private IPNetwork Network(string name, string text)
    {
        if (IPNetwork.TryParse(text, out var network)) return network;
        if (IPAddress.TryParse(text, out var address)) return new IPNetwork(address, address.GetAddressBytes().Length * 8);
        throw new SettingException($"{root}:{name}", text, "Use addresses or CIDR blocks, for example 10.0.0.0/8 or fd00::/8.");
    }
}
