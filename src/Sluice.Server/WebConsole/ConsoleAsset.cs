using Microsoft.Net.Http.Headers;
using Sluice.Server.Errors;

namespace Sluice.Server.WebConsole;

/// <summary>Answers with one of the console's files, compressed as well as the caller takes it.</summary>
internal static class ConsoleAsset
{
    private static readonly (string Encoding, string Suffix)[] Compressed = [("br", ".br"), ("gzip", ".gz")];

    /// <param name="isForOthers">Pages of other sites may load it.</param>
    public static async Task WriteAsync(HttpContext context, string name, string cacheControl, bool isForOthers = false)
    {
        var (content, encoding) = Open(context.Request, name);
        await using var file = content;
        var response = context.Response;
        SecurityHeaders.Set(response);
        if (isForOthers) SecurityHeaders.LetOthersLoad(response);
        response.ContentType = ConsoleFiles.ContentType(name);
        response.ContentLength = file.Length;
        response.Headers.CacheControl = cacheControl;
        response.Headers.Vary = HeaderNames.AcceptEncoding;
        if (encoding is not null) response.Headers.ContentEncoding = encoding;
        if (!HttpMethods.IsHead(context.Request.Method)) await file.CopyToAsync(response.Body, context.RequestAborted);
    }

    private static (Stream Content, string? Encoding) Open(HttpRequest request, string name)
    {
        foreach (var (encoding, suffix) in Compressed)
        {
            if (Takes(request, encoding) && ConsoleFiles.Open(name + suffix) is { } compressed) return (compressed, encoding);
        }

        return (ConsoleFiles.Open(name) ?? throw ApiProblem.NotFound("such file of the console"), null);
    }

    private static bool Takes(HttpRequest request, string encoding) =>
        request.GetTypedHeaders().AcceptEncoding.Any(one => one.Value.Equals(encoding, StringComparison.OrdinalIgnoreCase) && one.Quality is not 0);
}
