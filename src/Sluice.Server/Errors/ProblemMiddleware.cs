using Microsoft.AspNetCore.Connections;
using Sluice.Server.SelfAudit;

namespace Sluice.Server.Errors;

/// <summary>Gives every request an id, and makes every failure an answer with a code, or an aborted connection when the answer had begun.</summary>
internal sealed partial class ProblemMiddleware(RequestDelegate next, IHostApplicationLifetime lifetime, ILogger<ProblemMiddleware> logger)
{
    private const int ClientClosedRequest = 499;

    public async Task InvokeAsync(HttpContext context)
    {
        RequestId.Assign(context);
        try
        {
            await next(context);
            if (IsBareFailure(context.Response)) await AnswerBareAsync(context);
        }
        catch (Exception) when (context.RequestAborted.IsCancellationRequested)
        {
            if (context.Audited() is { End: CallEnd.Answered } call) call.End = CallEnd.Left;
            if (!context.Response.HasStarted) context.Response.StatusCode = ClientClosedRequest;
        }
        catch (Exception error)
        {
            await AnswerAsync(context, error);
        }
    }

    private static Task AnswerBareAsync(HttpContext context)
    {
        var problem = ProblemMapping.OfStatus(context.Response.StatusCode, context.Request);
        context.Audited()?.Refuse(problem);
        return ProblemResponse.WriteAsync(context, problem);
    }

    private async Task AnswerAsync(HttpContext context, Exception error)
    {
        var problem = ProblemMapping.Of(error) ?? Unexpected(context, error);
        context.Audited()?.Refuse(problem);
        if (context.Response.HasStarted)
        {
            context.Audited()?.End = CallEnd.BrokenOff;
            Log.BrokenOff(logger, context.TraceIdentifier, context.Request.Method, context.Request.Path, error.Message);
            context.Abort();
            return;
        }

        ClearButOurHeaders(context.Response);
        await WriteAsync(context, problem);
    }

    private ApiProblem Unexpected(HttpContext context, Exception error)
    {
        if (error is OperationCanceledException && lifetime.ApplicationStopping.IsCancellationRequested) return ProblemMapping.Unavailable("The server is stopping.");
        Log.Failed(logger, error, context.TraceIdentifier, context.Request.Method, context.Request.Path);
        return new ApiProblem(500, "internal", "Something went wrong inside; the server's log has the details under the request id.");
    }

    private static async Task WriteAsync(HttpContext context, ApiProblem problem)
    {
        try
        {
            await ProblemResponse.WriteAsync(context, problem);
        }
        catch (Exception error) when (error is OperationCanceledException or ConnectionResetException)
        {
            // Nobody is there to read the refusal.
        }
    }

    private static void ClearButOurHeaders(HttpResponse response)
    {
        var (id, challenge) = (response.Headers[RequestId.Header], response.Headers.WWWAuthenticate);
        response.Clear();
        response.Headers[RequestId.Header] = id;
        if (challenge.Count > 0) response.Headers.WWWAuthenticate = challenge;
    }

    private static bool IsBareFailure(HttpResponse response) =>
        response is { HasStarted: false, StatusCode: >= 400, ContentType: null } && response.ContentLength is null or 0;

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "Request {RequestId}, {Method} {Path}, failed")]
        public static partial void Failed(ILogger logger, Exception error, string requestId, string method, string path);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Request {RequestId}, {Method} {Path}, was broken off while answering: {Reason}")]
        public static partial void BrokenOff(ILogger logger, string requestId, string method, string path, string reason);
    }
}
