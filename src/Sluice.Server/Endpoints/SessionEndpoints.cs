using Sluice.Server.Authentication;
using Sluice.Server.Configuration;
using Sluice.Server.Oidc;
using Sluice.Server.SelfAudit;
using Sluice.Tenants;

namespace Sluice.Server.Endpoints;

/// <summary>Signing in to the console and out again, and who one is there.</summary>
internal static class SessionEndpoints
{
    public static IEndpointRouteBuilder MapSessions(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("").WithTags("Console");
        group.MapGet("/v1/sign-in", Ways).WithSummary("The ways to sign in to the console");
        group.MapPost("/v1/session", StartAsync).WithSummary("Sign a browser in");
        group.MapGet("/v1/session", Show).WithSummary("Who is signed in, and what they may do");
        group.MapDelete("/v1/session", EndAsync).WithSummary("Sign out");
        return app;
    }

    private static IResult Ways(OidcSettings oidc) =>
        Results.Json(new SignInAnswer(Key: true, oidc.Provider is { } provider ? new SignInAnswer.Provider(provider.Name, OidcEndpoints.Path) : null));

    private static async Task<IResult> StartAsync(HttpContext context, AccessKeys keys, Sessions sessions, KeyUse use, DormantKeys dormant, SignInFailures failures)
    {
        // Other sites' forms cannot send this type, so none of them signs a browser in.
        if (!context.Request.HasJsonContentType()) throw new BadHttpRequestException("Send the key as application/json.", StatusCodes.Status415UnsupportedMediaType);
        var members = await JsonMembers.ReadAsync(context);
        var text = members.RequiredText("key").Trim();
        members.RefuseUnknown();
        failures.Begin(context.Connection.RemoteIpAddress);
        var found = await keys.FindAsync(text, context.Connection.RemoteIpAddress, context.RequestAborted);
        if (context.Audited() is { } call) call.Shown = found.Key?.Caller;
        if (found.Verdict != KeyVerdict.Valid) throw KeyProblems.Of(context, found.Verdict);
        failures.Succeeded(context.Connection.RemoteIpAddress);
        await dormant.UsedAsync(context, found.Key!, use.Touch(found.Key!));
        var started = await sessions.StartAsync(text, found.Caller!, CallOrigin.Of(context, found.Caller!), context.RequestAborted);
        SessionCookie.Set(context, started);
        NotStored(context);
        return Results.Json(SessionAnswer.Of(started.Caller, started.Session, started.Text), statusCode: StatusCodes.Status201Created);
    }

    private static IResult Show(HttpContext context)
    {
        NotStored(context);
        return Results.Json(SessionAnswer.Of(context.Caller(), SessionAuthentication.Of(context), SessionCookie.Of(context.Request)));
    }

    private static async Task<IResult> EndAsync(HttpContext context, Sessions sessions)
    {
        if (SessionAuthentication.Of(context) is not null) await sessions.EndAsync(SessionCookie.Of(context.Request)!, CallOrigin.Of(context, context.Caller()), CancellationToken.None);
        SessionCookie.Remove(context);
        return Results.NoContent();
    }

    private static void NotStored(HttpContext context) => context.Response.Headers.CacheControl = "no-store";
}
