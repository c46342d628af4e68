using System.Net;
using System.Security.Cryptography;
using System.Text;
using Sluice.Server.Configuration;
using Sluice.Server.WebConsole;

namespace Sluice.Server.Oidc;

/// <summary>What somebody sees who was not signed in, and what to do about it.</summary>
internal static class OidcPage
{
    private const int MostGroups = 50;

    public static string Denied(OidcProviderSettings its, NoRoleException denied) => $"""
        <h1>No role here</h1>
        <p>You are signed in at {Text(its.Name)} as {Text(denied.User.Name)}, but none of your groups has a role here.</p>
        <p>{Groups(denied.Groups)} Ask whoever runs Sluice to give one of them a role (setting <code>Oidc:Roles</code>), then sign in again.</p>
        <p><a href="{OidcEndpoints.Path}?other=true">Sign in as somebody else</a> · <a href="/sign-in">Sign in with an access key</a></p>
        """;

    public static string Failed(OidcProviderSettings its, OidcException failed, string requestId) => $"""
        <h1>Not signed in</h1>
        <p>Signing in through {Text(its.Name)} did not work. {Text(failed.Message)}</p>
        <p>Try it once more. If it stays like this, tell whoever runs Sluice: request {Text(requestId)}.</p>
        <p><a href="{OidcEndpoints.Path}">Try again</a> · <a href="/sign-in">Sign in with an access key</a></p>
        """;

    public static Task WriteAsync(HttpContext context, int status, string content)
    {
        var nonce = Convert.ToBase64String(RandomNumberGenerator.GetBytes(16));
        SecurityHeaders.Set(context.Response, nonce);
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/html; charset=utf-8";
        return context.Response.WriteAsync(Whole(nonce, content), Encoding.UTF8, context.RequestAborted);
    }

    private static string Whole(string nonce, string content) => $$"""
        <!doctype html>
        <html lang="en">
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>Sign in · Sluice</title>
        <style nonce="{{nonce}}">:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif } main { max-width: 34rem; margin: 12vh auto; padding: 0 1rem } h1 { font-size: 1.4rem }</style>
        <main>
        {{content}}
        </main>
        </html>
        """;

    private static string Groups(IReadOnlyList<string> groups) =>
        groups.Count == 0 ? "It told of no groups that you are in." : $"Your groups: {string.Join(", ", groups.Take(MostGroups).Select(Text))}{(groups.Count > MostGroups ? ", …" : "")}.";

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
