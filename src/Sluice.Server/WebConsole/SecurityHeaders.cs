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

    private static string PolicyOf(string nonce) =>
        $"default-src 'none'; script-src 'self'; style-src 'self' 'nonce-{nonce}'; img-src 'self' data:; font-src 'self'; connect-src 'self'; " +
        "base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
}
