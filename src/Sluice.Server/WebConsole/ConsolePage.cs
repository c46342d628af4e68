using System.Security.Cryptography;
using System.Text;
using Microsoft.Net.Http.Headers;

namespace Sluice.Server.WebConsole;

/// <summary>The page in which the console runs: the same for every path, with a nonce of its own each time.</summary>
internal static class ConsolePage
{
    private const string Placeholder = "__NONCE__";

    private static readonly string Page = Read();
    private static readonly EntityTagHeaderValue Tag = new($"\"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Page)))[..32]}\"", isWeak: true);

    public static async Task WriteAsync(HttpContext context)
    {
        var response = context.Response;
        response.GetTypedHeaders().ETag = Tag;
        response.Headers.CacheControl = "private, no-cache";
        if (context.Request.GetTypedHeaders().IfNoneMatch.Any(known => known.Compare(Tag, useStrongComparison: false)))
        {
            // Without a policy: the browser goes on with the one it has, whose nonce is the one in the page it has.
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        var nonce = Convert.ToBase64String(RandomNumberGenerator.GetBytes(16));
        SecurityHeaders.Set(response, nonce);
        var bytes = Encoding.UTF8.GetBytes(Page.Replace(Placeholder, nonce, StringComparison.Ordinal));
        response.ContentType = "text/html; charset=utf-8";
        response.ContentLength = bytes.Length;
        if (!HttpMethods.IsHead(context.Request.Method)) await response.Body.WriteAsync(bytes, context.RequestAborted);
    }

    private static string Read()
    {
        if (ConsoleFiles.Open("index.html") is not { } file) return ConsoleNotice.Page;
        using var reader = new StreamReader(file);
        return reader.ReadToEnd();
    }
}
