using System.Security.Cryptography;
using System.Text;
using Microsoft.Net.Http.Headers;

namespace Sluice.Server.WebConsole;

/// <summary>The page in which the console runs: the same for every path, with a nonce of its own each time.</summary>
internal static class ConsolePage
{
    public const string Placeholder = "__NONCE__";

    private static readonly string Page = Read("index.html");
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

        var nonce = Nonce();
        SecurityHeaders.Set(response, nonce);
        await WriteAsync(context, Page.Replace(Placeholder, nonce, StringComparison.Ordinal));
    }

    /// <summary>What a page's own style elements carry.</summary>
    public static string Nonce() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(16));

    public static async Task WriteAsync(HttpContext context, string page)
    {
        var bytes = Encoding.UTF8.GetBytes(page);
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.ContentLength = bytes.Length;
        if (!HttpMethods.IsHead(context.Request.Method)) await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
    }

    /// <returns>In place of a page that is not there, a notice that says why.</returns>
    public static string Read(string name)
    {
        if (ConsoleFiles.Open(name) is not { } file) return ConsoleNotice.Page;
        using var reader = new StreamReader(file);
        return reader.ReadToEnd();
    }
}
