using Sluice.Tenants;

namespace Sluice.Server.Authentication;

/// <summary>The cookie by which a browser that signed in is known. No script reads it, and no other site makes a browser send it.</summary>
internal static class SessionCookie
{
    public const string Name = "sluice_session";

    public static string? Of(HttpRequest request) => request.Cookies[Name] is { Length: > 0 } text ? text : null;

    public static void Set(HttpContext context, StartedSession started)
    {
        var options = Options(context);
        options.MaxAge = TimeSpan.FromTicks((started.Session.ExpiresAt - started.Session.CreatedAt) / 100);
        context.Response.Cookies.Append(Name, started.Text, options);
    }

    public static void Remove(HttpContext context) => context.Response.Cookies.Delete(Name, Options(context));

    private static CookieOptions Options(HttpContext context) =>
        new() { HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = context.Request.IsHttps, Path = "/", IsEssential = true };
}
