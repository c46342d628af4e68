using System.Text.Json;
using System.Text.Json.Nodes;
using Sluice.Destinations.Http;
using Sluice.GraphQL.Json;
using Sluice.Secrets;

namespace Sluice.Server.Dialects.GitLab.Streams;

/// <summary>The <c>config</c> of the consolidated API: a JSON object, or a string that holds one, with the keys of its category and no others.</summary>
internal sealed class ConfigInput
{
    private const string Url = "url", Headers = "headers", LogId = "logIdName", UsualLogId = "audit-events";

    private readonly IReadOnlyDictionary<string, object?> _config;

    /// <exception cref="PayloadException">It is no object, or has a key that is not of the category.</exception>
    public ConfigInput(GitLabCategory category, object config)
    {
        _config = Object(config);
        var keys = category.Texts.Select(Key).Concat(category == GitLabCategory.Http ? [Headers] : []);
        if (_config.Keys.Except(keys).Any()) throw new PayloadException(GitLabTexts.InvalidConfig);
        Texts = category.Texts.ToDictionary(rule => rule.Argument, rule => Text(Key(rule)));
        if (category.Texts.Any(rule => Texts[rule.Argument] is not { } text || (text != Secret.Mask && rule.Problems(text).Any()))) throw new PayloadException(GitLabTexts.InvalidConfig);
    }

    /// <summary>By the names that the legacy mutations have for them.</summary>
    public Dictionary<string, string?> Texts { get; }

    /// <summary>As destinations have them: those that are not literally active are kept and not sent.</summary>
    public JsonArray SluiceHeaders()
    {
        var given = _config.GetValueOrDefault(Headers) as IReadOnlyDictionary<string, object?> ?? new Dictionary<string, object?>();
        if (given.Count > CustomHeaders.Most || _config.GetValueOrDefault(Headers) is not (null or IReadOnlyDictionary<string, object?>)) throw new PayloadException(GitLabTexts.InvalidConfig);
        if (given.Keys.Any(name => name.Equals(GitLabTexts.TokenHeader, StringComparison.OrdinalIgnoreCase))) throw new PayloadException($"Config headers cannot contain {GitLabTexts.TokenHeader}");
        return new JsonArray([.. given.Select(header => Header(header.Key, header.Value))]);
    }

    /// <summary>What it is in an answer.</summary>
    public static IReadOnlyDictionary<string, object?> Of(GitLabStream stream)
    {
        var config = new OrderedDictionary<string, object?>();
        foreach (var rule in stream.Category.Texts) config[Key(rule)] = stream.Text(rule.Member);
        if (stream.Headers.Count > 0) config[Headers] = new OrderedDictionary<string, object?>(stream.Headers.Select(header => KeyValuePair.Create(header.Key, (object?)Shown(header))));
        return config;
    }

    private static OrderedDictionary<string, object?> Shown(GitLabHeader header) => new() { ["value"] = header.Value, ["active"] = header.IsActive };

    private static IReadOnlyDictionary<string, object?> Object(object config)
    {
        try
        {
            if (config is string text) config = JsonValues.Read(JsonDocument.Parse(text).RootElement) ?? "";
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException or FormatException)
        {
            throw new PayloadException(GitLabTexts.InvalidConfig);
        }

        return config as IReadOnlyDictionary<string, object?> ?? throw new PayloadException("Config must be a hash");
    }

    private static JsonObject Header(string name, object? given)
    {
        if (given is not IReadOnlyDictionary<string, object?> header || header.GetValueOrDefault("value") is not string { Length: > 0 and <= 2_000 } value || header.Keys.Except(["value", "active"]).Any())
            throw new PayloadException(GitLabTexts.InvalidConfig);
        return new JsonObject { ["name"] = name, ["value"] = value, ["active"] = header.GetValueOrDefault("active") is true };
    }

    private string? Text(string key) => _config.GetValueOrDefault(key) switch
    {
        string text => text,
        null => key == LogId ? UsualLogId : null,
        _ => throw new PayloadException(GitLabTexts.InvalidConfig),
    };

    /// <summary>Only the URL has a name of its own here.</summary>
    private static string Key(TextRule rule) => rule.Argument == "destinationUrl" ? Url : rule.Argument;
}
