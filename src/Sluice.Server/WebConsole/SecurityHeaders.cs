namespace Sluice.Server.WebConsole;

/// <summary>What browsers may do with the console: nothing that leaves this server, and in no other site's frame.</summary>
internal static class SecurityHeaders
{
    /// <param name="nonce">What the page's own style elements carry.</param>
    public static void Set(HttpResponse response, string? nonce = null)
    {
        var headers = response.Headers;
        headers.ContentSecurityPolicy = nonce is null ? "default-src 'none'; frame-ancestors 'none'" : PolicyOf(nonce);
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";
    }

    /// <summary>The same for the viewer: some other sites may show it in a frame.</summary>
    public static void SetForViewer(HttpResponse response, string nonce, IReadOnlyList<string> ancestors)
    {
        Set(response, nonce);
        if (ancestors.Count == 0) return;
        response.Headers.ContentSecurityPolicy = PolicyOf(nonce, string.Join(' ', ancestors));
        response.Headers.Remove("X-Frame-Options");
        LetOthersLoad(response);
    }

    /// <summary>A notice that shows in any site's frame: text, and nothing that could be pressed.</summary>
    public static void SetForNotice(HttpResponse response, string nonce)
    {
        Set(response);
        response.Headers.ContentSecurityPolicy = $"default-src 'none'; style-src 'nonce-{nonce}'; frame-ancestors *";
        response.Headers.Remove("X-Frame-Options");
        LetOthersLoad(response);
    }

    public static void LetOthersLoad(HttpResponse response) => response.Headers["Cross-Origin-Resource-Policy"] = "cross-origin";

    private static string PolicyOf(string nonce, string ancestors = "'none'") =>
        $"default-src 'none'; script-src 'self'; style-src 'self' 'nonce-{nonce}'; img-src 'self' data:; font-src 'self'; connect-src 'self'; " +
        $"base-uri 'none'; form-action 'self'; frame-ancestors {ancestors}";
}
