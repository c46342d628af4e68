using Sluice.Server.Authentication;
using Sluice.Server.Configuration;
using Sluice.Server.Errors;
using Sluice.Server.SelfAudit;

namespace Sluice.Server.Oidc;

/// <summary>Where browsers go to sign in through the provider, and come back. They are answered with pages.</summary>
internal static partial class OidcEndpoints
{
    public const string Path = "/sign-in/oidc", Callback = Path + "/callback";

    public static IEndpointRouteBuilder MapOidc(this IEndpointRouteBuilder app)
    {
        app.MapGet(Path, BeginAsync).ExcludeFromDescription();
        app.MapGet(Callback, CompleteAsync).ExcludeFromDescription();
        return app;
    }

    private static Task BeginAsync(HttpContext context, OidcSignIn signIn, OidcSettings settings, ILogger<OidcSignIn> logger) => AnswerAsync(context, settings, logger, async () =>
    {
        var query = context.Request.Query;
        return await signIn.BeginAsync(context, query["return_to"], asSomebodyElse: query["other"] == "true");
    });

    private static Task CompleteAsync(HttpContext context, OidcSignIn signIn, OidcSettings settings, ILogger<OidcSignIn> logger) => AnswerAsync(context, settings, logger, async () =>
    {
        var (started, returnTo) = await signIn.CompleteAsync(context);
        SessionCookie.Set(context, started);
        return returnTo;
    });

    private static async Task AnswerAsync(HttpContext context, OidcSettings settings, ILogger logger, Func<Task<string>> goOn)
    {
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers["Referrer-Policy"] = "no-referrer";
        try
        {
            context.Response.Redirect(await goOn());
        }
        catch (NoRoleException denied)
        {
            context.Audited()?.Refuse(new ApiProblem(403, "no_role", denied.Message));
            await OidcPage.WriteAsync(context, 403, OidcPage.Denied(settings.Provider!, denied));
        }
        catch (OidcException failed)
        {
            Log.Failed(logger, context.TraceIdentifier, failed.Message);
            context.Audited()?.Refuse(new ApiProblem(failed.Status, failed.Code, failed.Message));
            await OidcPage.WriteAsync(context, failed.Status, OidcPage.Failed(settings.Provider!, failed, context.TraceIdentifier));
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "Request {RequestId}: nobody was signed in through the provider: {Reason}")]
        public static partial void Failed(ILogger logger, string requestId, string reason);
    }
}
